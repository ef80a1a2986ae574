import { tensor, tidy } from '@tensorflow/tfjs-core'
import { type LayersModel, layers, type Sequential, sequential } from '@tensorflow/tfjs-layers'
import type { BatchFrontend } from '../../gradient/index.ts'
import type { Example, ExampleSource, FeatureExample } from '../examples/index.ts'
import { type DenseValues, embedWindows } from '../network/index.ts'
import { streams } from '../random/index.ts'
import { windowsOf } from '../training/index.ts'

/**
 * Embeddings of examples: the input of the last dense layer, computed once as everything before it is frozen.
 *
 * @param model ends in a dense layer and its activation
 */
export async function embed(
  frontend: BatchFrontend,
  model: LayersModel,
  examples: readonly Example[],
): Promise<FeatureExample[]> {
  const [, windowFrames] = model.inputs[0].shape as [null, number]
  const values = await embedWindows(model, windowsOf(frontend, examples, windowFrames), examples.length)
  const length = values.length / examples.length
  return examples.map(({ target }, i) => ({
    features: values.slice(i * length, (i + 1) * length),
    firstFrame: 0,
    target,
  }))
}

/** Draws embeddings at random, classes with equal probability. */
export class EmbeddedExamples implements ExampleSource {
  readonly #classes: readonly (readonly FeatureExample[])[]
  readonly #seed: number

  constructor(examples: readonly FeatureExample[], labels: number, seed: number) {
    this.#classes = Array.from({ length: labels }, (_, label) =>
      examples.filter(({ target }) => target[label] === 1),
    )
    this.#seed = seed
  }

  make(index: number): FeatureExample {
    const random = streams.example(this.#seed, index)
    const own = this.#classes[random.below(this.#classes.length)]
    return own[random.below(own.length)]
  }
}

/** Dense layer and sigmoid, [1, inputs, 1] → [labels]. @param start initial weights; null for zeros */
export function lastLayer(
  name: string,
  inputs: number,
  labels: number,
  start: DenseValues | null = null,
): Sequential {
  const dense = layers.dense({ name, units: labels, kernelInitializer: 'zeros' })
  const model = sequential({
    layers: [
      layers.reshape({ inputShape: [1, inputs, 1], targetShape: [inputs] }),
      dense,
      layers.activation({ activation: 'sigmoid' }),
    ],
  })
  if (start)
    tidy(() => dense.setWeights([tensor(start.kernel, [inputs, labels]), tensor(start.bias, [labels])]))
  return model
}
