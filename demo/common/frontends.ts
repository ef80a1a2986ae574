import { readModelInWorker } from '../../src/audio/index.ts'
import { LeafError } from '../../src/error.ts'
import { type FrontendDescription, type PresetName, preset } from '../../src/frontend/index.ts'
import { fetchModel } from '../../src/model/index.ts'
import { type LabelFormat, words } from '../../src/view/index.ts'
import { type Choosable, fillGroups } from './groups.ts'
import { initialOf } from './initial.ts'
import { once } from './once.ts'

/** The model that a frontend was learned with. */
export interface OwnModel {
  /** The bytes of its file. @throws LeafError `model-file` */
  load(): Promise<Uint8Array>
  readonly labelFormat: LabelFormat
}

/** A frontend that screens offer by name. */
export interface NamedFrontend {
  /** In addresses. */
  readonly id: string
  readonly name: string
  /** What it is, one sentence. */
  readonly sentence: string
  /** Always the same description. @throws LeafError `model-file` where its model cannot be had */
  load(): Promise<FrontendDescription>
  /** Null where none has learned on what it gives. */
  readonly model: OwnModel | null
}

/** In the order in which they are offered: what was learned, then all presets as they start. */
export const namedFrontends: readonly NamedFrontend[] = [
  ofModel(
    'events',
    'LEAF learned: events',
    'The ear of the Listen screen, learned on its sixteen kinds of sound, together with their classifier.',
  ),
  {
    id: 'events-initial',
    name: 'LEAF initial: events',
    sentence: 'The ear of the Listen screen before it learned anything: every number as it began.',
    load: once(async () => initialOf(await frontendNamed('events').load())),
    model: null,
  },
  ofModel(
    'keywords',
    'LEAF learned: words',
    'The ear of the spoken words, learned on seventeen of them, together with their classifier.',
  ),
  ofModel(
    'tasks',
    'LEAF learned: tasks',
    'The ear of the Tasks screen, learned on all its tasks at once, together with their classifier.',
  ),
  ofPreset(
    'leaf',
    'LEAF, as it starts',
    'Gabor filters on the mel scale, Gaussian pooling, PCEN. Every number can be learned; here none is yet.',
  ),
  ofPreset(
    'mel-log',
    'Mel, logarithm',
    'The classic of speech and sound recognition: triangles on a power spectrum, then a logarithm. Nothing to learn.',
  ),
  ofPreset(
    'mel-pcen',
    'Mel, PCEN',
    'Mel triangles, with PCEN in place of the logarithm: it turns down what lasts and lets onsets through.',
  ),
  ofPreset(
    'mel-cubic-root',
    'Mel, cubic root',
    'Mel triangles under a cubic root, as loudness grows for an ear: the loud stands out, the quiet almost vanishes.',
  ),
  ofPreset(
    'mel-tenth-root',
    'Mel, tenth root',
    'Mel triangles under a tenth root: nearly a logarithm, but it has a floor.',
  ),
  ofPreset(
    'mel-learned',
    'Mel, learned weights',
    'Mel triangles on a power spectrum as a start: every weight of every triangle, and beside it, can be learned.',
  ),
  ofPreset(
    'yamnet',
    'YAMNet’s mel, logarithm',
    'What YAMNet hears: 64 triangles from 125 to 7500 Hz on a magnitude spectrum, not on powers; then a logarithm.',
  ),
  ofPreset(
    'gammatone',
    'Gammatone',
    'Filters shaped like those of the inner ear: a fast attack and a slow decay; pooling and PCEN as in LEAF.',
  ),
  ofPreset(
    'sincnet',
    'SincNet',
    'Rectangular bands, two learnable edges each; the largest output in a window, normalised in every frame.',
  ),
  ofPreset(
    'sincnet-plus',
    'SincNet+',
    'The rectangular bands of SincNet, with the Gaussian pooling and PCEN of LEAF.',
  ),
  ofPreset(
    'analytic-sinc',
    'Analytic sinc',
    'The rectangular bands of SincNet, each as a pair of waves a quarter turn apart; the rest as in LEAF.',
  ),
  ofPreset(
    'spline',
    'Spline',
    'One filter, drawn by a spline over fifteen knots and stretched to every channel; the rest as in LEAF.',
  ),
  ofPreset(
    'time-domain',
    'Time-domain filterbank',
    'Every tap of every filter is free to learn, 401 complex ones a filter; then a logarithm.',
  ),
  ofPreset(
    'short-filters',
    'Short filters',
    'Two milliseconds of taps a filter, from chance and free to learn; a rectifier, LEAF’s pooling, a logarithm.',
  ),
]

/** Those of the models that are kept in this browser. */
let own: readonly NamedFrontend[] = []

/** Offers these beside the page's. @param frontends the same object for the same one each time */
export function offerOwnFrontends(frontends: readonly NamedFrontend[]): void {
  own = frontends
}

/** All that are offered, in lists for a `<select>`, which keeps its choice. @param before what else there is to choose */
export function fillFrontends(select: HTMLSelectElement, before: readonly Choosable[] = []): void {
  fillGroups(select, {
    'Its own': before,
    'The page’s': namedFrontends.map(({ id, name }) => ({ id, title: name })),
    'In this browser': own.map(({ id, name }) => ({ id, title: name })),
  })
}

/** @throws LeafError `arguments` where there is no such frontend */
export function frontendNamed(id: string): NamedFrontend {
  const known = [...namedFrontends, ...own].find((frontend) => frontend.id === id)
  if (known) return known
  const names = namedFrontends.map((frontend) => frontend.id).join(', ')
  throw new LeafError('arguments', `There is no frontend “${id}”.`, `Choose from these: ${names}.`)
}

function ofPreset(id: PresetName, name: string, sentence: string): NamedFrontend {
  return { id, name, sentence, load: once(async () => preset(id)), model: null }
}

function ofModel(id: string, name: string, sentence: string): NamedFrontend {
  const fetched = () => fetchModel(new URL(`./models/${id}.safetensors`, document.baseURI))
  const load = once(async () => (await readModelInWorker(await fetched())).frontend)
  return { id, name, sentence, load, model: { load: fetched, labelFormat: words } }
}
