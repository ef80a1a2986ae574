import { readModelInWorker } from '../../src/audio/index.ts'
import { fetchModel } from '../../src/model/index.ts'
import { type LabelFormat, words } from '../../src/view/index.ts'
import { asWritten, fillGroups, type NamedFrontend, offerOwnFrontends, once } from '../common/index.ts'
import type { ModelRecord, Origin } from './database.ts'
import { changeModel, fileOf, keptModels } from './kept-models.ts'

/** A model that a screen offers. */
export interface OfferedModel {
  /** In lists and addresses. */
  readonly id: string
  /** For people, with how and when it came here. */
  readonly title: string
  /** Null for one of the page's own. */
  readonly record: ModelRecord | null
  readonly labelFormat: LabelFormat
  /** The bytes of its file. @throws LeafError */
  load(): Promise<Uint8Array>
}

const ORIGINS: Readonly<Record<Origin, string>> = {
  taught: 'taught here',
  adapted: 'adapted to a room',
  opened: 'opened',
}

/** Before the id of a model that is kept here. */
const KEPT = 'kept-'

export const shippedModels: readonly OfferedModel[] = [
  shipped('events', 'Sixteen kinds of sound'),
  shipped('keywords', 'Spoken words'),
  shipped('audioset', 'The 521 names of AudioSet, learned from YAMNet', asWritten),
]

/** Those that are kept in this browser, the one chosen last first. */
export async function offeredModels(): Promise<OfferedModel[]> {
  return (await keptModels()).map(offered)
}

export function offered(record: ModelRecord): OfferedModel {
  const { id, name, origin, kept } = record
  const date = new Date(kept).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' })
  return {
    id: KEPT + id,
    title: `${name} · ${ORIGINS[origin]}, ${date}`,
    record,
    labelFormat: asWritten,
    load: () => fileOf(record),
  }
}

/** Notes which was chosen last: it is the first one that is offered where only one can be. */
export function noteChosen({ record }: OfferedModel): Promise<void> {
  return record ? changeModel(record, { chosen: Date.now() }) : Promise.resolve()
}

/** Fills a list with the page's models and those that are kept. */
export function fillModels(select: HTMLSelectElement, own: readonly OfferedModel[]): void {
  fillGroups(select, { 'The page’s': shippedModels, 'In this browser': own })
}

const frontends = new Map<string, NamedFrontend>()

/** Offers the frontends of the kept models wherever frontends are chosen, as they are now. */
export async function refreshFrontends(): Promise<void> {
  const models = await offeredModels()
  offerOwnFrontends(
    models.map(({ id, title, load, labelFormat }) => {
      const known = frontends.get(id)
      if (known?.name === title) return known
      const sentence = 'The ear of a model that is kept in this browser.'
      const frontend = {
        id,
        name: title,
        sentence,
        load: once(async () => (await readModelInWorker(await load())).frontend),
        model: { load, labelFormat },
      }
      frontends.set(id, frontend)
      return frontend
    }),
  )
}

function shipped(id: string, title: string, labelFormat = words): OfferedModel {
  const load = () => fetchModel(new URL(`./models/${id}.safetensors`, document.baseURI))
  return { id, title, record: null, labelFormat, load }
}
