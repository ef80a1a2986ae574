import { LeafError } from '../error.ts'
import { placesOf } from './heads.ts'
import type { Model } from './model-file.ts'
import type { Weight } from './weights.ts'

/**
 * The model with some of its heads only: a whole model itself, whose labels, thresholds, probe and last layer are
 * those of these heads, in the order of the model.
 *
 * @param names the model as it is when left out
 * @throws LeafError `arguments` for a model without heads, for no name, or a name that no head has
 */
export function selectHeads(model: Model, names: readonly string[] | undefined): Model {
  if (names === undefined) return model
  const { heads = [], labels, decoding, classifier, probe } = model
  requireHeads(
    heads.map(({ name }) => name),
    names,
  )
  const columns = placesOf(heads).flatMap(({ name, start, end }) =>
    names.includes(name) ? Array.from({ length: end - start }, (_, i) => start + i) : [],
  )
  const { layers } = classifier.topology.config
  const last = layers.findLastIndex(({ class_name: className }) => className === 'Dense')
  const { name: dense } = layers[last].config
  return {
    ...model,
    heads: heads.filter(({ name }) => names.includes(name)),
    labels: columns.map((label) => labels[label]),
    decoding: { ...decoding, labels: columns.map((label) => decoding.labels[label]) },
    classifier: {
      ...classifier,
      topology: {
        ...classifier.topology,
        config: {
          ...classifier.topology.config,
          layers: layers.map((layer, i) =>
            i === last ? { ...layer, config: { ...layer.config, units: columns.length } } : layer,
          ),
        },
      },
      weights: classifier.weights.map((weight) =>
        weight.name.startsWith(`${dense}/`) ? columnsOf(weight, columns) : weight,
      ),
    },
    probe: { input: probe.input, output: pick(probe.output, labels.length, columns) },
  }
}

function requireHeads(known: readonly string[], names: readonly string[]): void {
  const remedy = `Name some of ${known.join(', ')}, or leave heads out.`
  if (known.length === 0)
    throw new LeafError('arguments', 'The model has no heads to choose from.', 'Leave heads out.')
  if (names.length === 0) throw new LeafError('arguments', 'No head is named.', remedy)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw new LeafError('arguments', `The model has no head ${JSON.stringify(unknown)}.`, remedy)
}

/** Of a kernel [inputs, labels] or a bias [labels]. */
function columnsOf({ name, shape, values }: Weight, columns: readonly number[]): Weight {
  const labels = shape[shape.length - 1]
  return {
    name,
    shape: [...shape.slice(0, -1), columns.length],
    values: pick(values, labels, columns),
  }
}

/** @param rows row-major, each `length` long */
function pick(rows: Float32Array, length: number, columns: readonly number[]): Float32Array {
  const picked = new Float32Array((rows.length / length) * columns.length)
  for (let i = 0; i < picked.length; i++) {
    const row = Math.floor(i / columns.length)
    picked[i] = rows[row * length + columns[i % columns.length]]
  }
  return picked
}
