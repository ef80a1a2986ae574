import { nameKey } from '../../events/index.ts'
import { AUDIOSET_EVENTS } from './audioset-events.ts'
import { dataError, readCsv } from './manifest.ts'

/** Which label a name counts as. Names that people take for one are one. */
export interface LabelMap {
  /** The label of a name; a name that the map has not is a label of its own. */
  labelOf(name: string): string
  /** Whether the map names this label, so that it is an answer though no clip has it. */
  has(label: string): boolean
}

/** Every name is a label. */
export const everyName: LabelMap = { labelOf: (name) => name, has: () => true }

/** Of AudioSet's names to the labels of the default model. */
export const audiosetMap: LabelMap = mapOf(
  Object.entries(AUDIOSET_EVENTS).flatMap(([label, names]) => names.map((name) => [name, label] as const)),
)

/**
 * Reads a map of labels, many to one: a CSV file with the columns `name` (of the model's or of the folder's labels) and
 * `label` (what it counts as).
 *
 * @throws LeafError `data-folder` naming the line
 */
export function readLabelMap(path: string): LabelMap {
  const rows = readCsv(path)
  const error = (problem: string) =>
    dataError(`${path} ${problem}.`, 'Give a CSV file with the columns name and label, a name a line.')
  if (rows.length === 0) throw error('holds no names')
  const labels = new Map<string, string>()
  const pairs = rows.map(({ name, label }, i) => {
    if (name === undefined || label === undefined) throw error('has no columns name and label')
    if (nameKey(name) === '' || nameKey(label) === '') throw error(`has an empty cell in line ${i + 2}`)
    const before = labels.get(nameKey(name))
    if (before !== undefined && nameKey(before) !== nameKey(label))
      throw error(`maps ${name} to ${before} and to ${label}`)
    labels.set(nameKey(name), label)
    return [name, label] as const
  })
  return mapOf(pairs)
}

function mapOf(pairs: readonly (readonly [name: string, label: string])[]): LabelMap {
  const labels = new Map(pairs.map(([name, label]) => [nameKey(name), label]))
  const known = new Set([...labels.values()].map(nameKey))
  return {
    labelOf: (name) => labels.get(nameKey(name)) ?? name,
    has: (label) => known.has(nameKey(label)),
  }
}
