import { LeafError } from '../../error.ts'
import { checkTopology, type Model, type Topology } from '../../model/index.ts'

/** A model file's classifier with its last dense layer replaced. */
export interface HeadedClassifier {
  readonly classifier: Model['classifier']
  /** Input size of the new layer. */
  readonly inputs: number
  /** Name of the new layer, that of the one it replaces. */
  readonly name: string
}

/**
 * Replaces the last dense layer by one with `labels` sigmoid outputs. Its weights are zero, every score is 0.5: a single
 * layer has no symmetry to break.
 *
 * @throws LeafError `model-file` for a classifier that does not end in a dense layer
 */
export function withNewHead(
  { classifier, frontend }: Pick<Model, 'classifier' | 'frontend'>,
  labels: number,
): HeadedClassifier {
  const { topology, weights, windowFrames } = classifier
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
  const { inbound_nodes: from } = dense
  const output = `${name}_output`
  const own = { class_name: 'Dense', config: { name, units: labels, activation: 'linear', use_bias: true } }
  const sigmoid = { class_name: 'Activation', config: { name: output, activation: 'sigmoid' } }
  const headed: Topology = {
    ...topology,
    config: {
      ...topology.config,
      ...(from && { output_layers: [[output, 0, 0]] }),
      layers: [
        ...layers.slice(0, last),
        from ? { ...own, name, inbound_nodes: from } : own,
        from ? { ...sigmoid, name: output, inbound_nodes: [[[name, 0, 0, {}]]] } : sigmoid,
      ],
    },
  }
  const window = [windowFrames, frontend.channels, 1]
  const wanted = checkTopology(headed, window, { labels, isHeaded: false }).weights
  const inputs = wanted.find((weight) => weight.name === `${name}/kernel`)!.shape[0]
  return {
    inputs,
    name,
    classifier: {
      ...classifier,
      topology: headed,
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
