import type { Variable } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { refused } from '../refused.ts'
import { TrainableClassifier } from './trainable-classifier.ts'
import type {
  LossOptions,
  NetworkDifferentials,
  NetworkShare,
  TrainableNetwork,
} from './trainable-network.ts'

/** Any tf.layers model of a model file, on the TensorFlow.js backend in use; always on whole batches. */
export class LayersNetwork implements TrainableNetwork {
  readonly #classifier: TrainableClassifier
  /** Places of the weights that learn among the model's, and of the running statistics. */
  readonly #learned: readonly number[]
  readonly #statistics: readonly number[]
  readonly #variables: readonly Variable[]

  /** @throws LeafError `arguments` for layers that cannot be trained */
  constructor(model: LayersModel, options: LossOptions) {
    if (!options.lastOnly) requireTrainable(model)
    this.#classifier = new TrainableClassifier(model, options)
    this.#variables = model.weights.map((weight) => weight.read() as Variable)
    this.#learned = this.#classifier.learned.map((variable) => this.#variables.indexOf(variable))
    this.#statistics = options.lastOnly
      ? []
      : model.nonTrainableWeights.map((weight) => this.#variables.indexOf(weight.read() as Variable))
  }

  get window(): readonly [number, number] {
    return this.#classifier.window
  }

  async differentiate(
    features: Float32Array,
    targets: Float32Array,
    { index, wantsFeatures }: NetworkShare,
  ): Promise<NetworkDifferentials> {
    const result = await this.#classifier.differentiate(features, targets, index, wantsFeatures)
    // Batch normalisation has written its running statistics into the variables itself.
    const statistics = await Promise.all(
      this.#statistics.map(async (i) => [i, await this.#variables[i].data<'float32'>()] as const),
    )
    return {
      loss: result.loss,
      weights: new Map(this.#learned.map((place, i) => [place, result.weights[i]])),
      statistics: new Map(statistics),
      features: result.features,
    }
  }
}

/** TensorFlow.js trains batch normalisation with both of its parameters only. */
function requireTrainable({ layers }: LayersModel): void {
  const lacking = layers.find((layer) => {
    const { center, scale } = layer.getConfig()
    return layer.getClassName() === 'BatchNormalization' && !(center && scale)
  })
  if (!lacking) return
  throw refused(
    `The layer ${lacking.name} normalises without center or scale and cannot be trained.`,
    'Teach the last layer alone, or start from another model.',
  )
}
