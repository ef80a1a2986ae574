import { LeafError } from '../../../src/error.ts'
import { withProbe } from '../../../src/inference/node.ts'
import { type LogitMap, logit, sigmoid } from '../../../src/learning/evaluation/index.ts'
import type { Model, Weight } from '../../../src/model/index.ts'

/**
 * A model whose logits are mapped: scale and offset go into its last dense layer, so that nothing is computed that was not
 * before; thresholds move by the same map, and where scores are not smoothed events stay what they were.
 *
 * @param maps one per label
 * @throws LeafError `model-file` for a model that does not end in a dense layer and a sigmoid
 */
export function recalibrated(model: Model, maps: readonly LogitMap[]): Promise<Model> {
  const name = lastDense(model)
  const moved = (score: number, label: number) =>
    sigmoid(maps[label].scale * logit(score) + maps[label].offset)
  return withProbe(
    {
      ...model,
      classifier: {
        ...model.classifier,
        weights: model.classifier.weights.map((weight) => mapped(weight, name, maps)),
      },
      decoding: {
        ...model.decoding,
        labels: model.decoding.labels.map(({ on, off, ...others }, label) => ({
          ...others,
          // Of 1 nothing is told, and nothing is afterwards.
          on: on === 1 ? 1 : moved(on, label),
          off: moved(off, label),
        })),
      },
    },
    model.probe.input,
  )
}

function lastDense({ classifier, heads }: Model): string {
  const layers = classifier.topology.config.layers
  const [dense, activation] = layers.slice(-2)
  const isSigmoid = activation.class_name === 'Activation' && activation.config.activation === 'sigmoid'
  const isLinear = (dense.config.activation ?? 'linear') === 'linear'
  if (heads || dense.class_name !== 'Dense' || !isLinear || !isSigmoid || !dense.config.use_bias)
    throw new LeafError(
      'model-file',
      'The model does not end in a dense layer with a bias and a sigmoid of its own: there is nothing to fold a calibration into.',
      'Give a model as `npm run train` writes it.',
    )
  return String(dense.config.name)
}

/** A weight of the last layer under a map for each label, as float32: what is mapped exactly is not to be rounded again. */
function mapped(weight: Weight, layer: string, maps: readonly LogitMap[]): Weight {
  if (!weight.name.startsWith(`${layer}/`)) return weight
  const isBias = weight.name === `${layer}/bias`
  const values = weight.values.map((value, i) => {
    const { scale, offset } = maps[i % maps.length]
    return scale * value + (isBias ? offset : 0)
  })
  return { name: weight.name, shape: weight.shape, values }
}
