import { LeafError } from '../../error.ts'
import type { Model, Topology } from '../../model/index.ts'

/** The classifier of a model file up to its last dense layer, and a new one behind it. */
export interface HeadedClassifier {
  readonly classifier: Model['classifier']
  /** Numbers that the last layer is given. */
  readonly inputs: number
  /** Name of the last dense layer. */
  readonly name: string
}

type Layer = Topology['config']['layers'][number]

/**
 * Puts a dense layer and a sigmoid for each of `labels` in the place of a classifier's own end. It starts from zeros,
 * as a layer may behind which nothing else is learned: every score is one half.
 *
 * @throws LeafError `model-file` for a classifier that does not end in a dense layer
 */
export function withNewHead({ classifier }: Model, labels: number): HeadedClassifier {
  const { topology, weights } = classifier
  const { layers } = topology.config
  const last = layers.findLastIndex(({ class_name }) => class_name !== 'Activation')
  const dense = layers[last]
  if (dense?.class_name !== 'Dense' || last === 0) {
    throw new LeafError(
      'model-file',
      `The classifier ends in a layer ${dense?.class_name}, not in a dense one that could be learned anew.`,
      'Begin with a model whose last layer is dense, such as events.safetensors.',
    )
  }
  const name = String(dense.config.name)
  const [inputs] = weights.find((weight) => weight.name === `${name}/kernel`)!.shape
  const head: Layer[] = [
    { class_name: 'Dense', config: { name, units: labels, activation: 'linear', use_bias: true } },
    { class_name: 'Activation', config: { name: `${name}_output`, activation: 'sigmoid' } },
  ]
  return {
    inputs,
    name,
    classifier: {
      ...classifier,
      topology: {
        ...topology,
        config: { ...topology.config, layers: [...layers.slice(0, last), ...head] },
      },
      weights: [
        ...weights.filter((weight) => !weight.name.startsWith(`${name}/`)),
        { name: `${name}/kernel`, shape: [inputs, labels], values: new Float32Array(inputs * labels) },
        { name: `${name}/bias`, shape: [labels], values: new Float32Array(labels) },
      ],
    },
  }
}

/** The classifier with those of its weights that are named. */
export function withWeights(
  classifier: Model['classifier'],
  values: ReadonlyMap<string, Float32Array>,
): Model['classifier'] {
  return {
    ...classifier,
    weights: classifier.weights.map((weight) => ({
      ...weight,
      values: values.get(weight.name) ?? weight.values,
    })),
  }
}
