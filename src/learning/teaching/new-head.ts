import { LeafError } from '../../error.ts'
import type { Model, Topology } from '../../model/index.ts'

/** A model file's classifier with its last dense layer replaced. */
export interface HeadedClassifier {
  readonly classifier: Model['classifier']
  /** Input size of the new layer. */
  readonly inputs: number
  /** Name of the new layer, that of the one it replaces. */
  readonly name: string
}

type Layer = Topology['config']['layers'][number]

/**
 * Replaces the last dense layer by one with `labels` sigmoid outputs. Its weights are zero, every score is 0.5: a single
 * layer has no symmetry to break.
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

/** A copy with the weights named in `values` replaced. */
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
