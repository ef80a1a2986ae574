import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core'
import { type LayersModel, layers, type Sequential, sequential } from '@tensorflow/tfjs-layers'
import type { BatchFrontend } from '../../gradient/index.ts'
import type { Example, ExampleSource } from '../examples/index.ts'
import { streams } from '../random/index.ts'
import { windowsOf } from '../training/index.ts'

/**
 * What the last dense layer is given of examples, while all before it stays as it is: it has to be computed once.
 *
 * @param model ends in a dense layer and its activation
 * @returns the examples, an embedding in the place of each sound
 */
export async function embed(
  frontend: BatchFrontend,
  model: LayersModel,
  examples: readonly Example[],
): Promise<Example[]> {
  const [windowFrames, channels] = model.inputs[0].shape.slice(1) as [number, number]
  const windows = windowsOf(frontend, examples, windowFrames)
  const output = tidy(() =>
    model.layers
      .slice(0, -2)
      .reduce<Tensor>(
        (values, layer) => layer.apply(values, { training: false }) as Tensor,
        tensor(windows, [examples.length, windowFrames, channels, 1]),
      ),
  )
  const values = (await output.data()) as Float32Array
  output.dispose()
  const length = values.length / examples.length
  return examples.map(({ target }, i) => ({
    sound: values.slice(i * length, (i + 1) * length),
    firstFrame: 0,
    target,
  }))
}

/** Examples that are embeddings, as a frontend of one frame that lets them through. */
export class EmbeddedFrontend implements BatchFrontend {
  readonly parameters = []
  readonly frames = 1
  readonly channels: number
  readonly describe: BatchFrontend['describe']

  /** @param inputs numbers of an embedding @param behind what the embeddings were made with */
  constructor(inputs: number, behind: BatchFrontend) {
    this.channels = inputs
    this.describe = () => behind.describe()
  }

  forward(embeddings: readonly Float32Array[]): Float32Array {
    const all = new Float32Array(embeddings.length * this.channels)
    for (const [i, embedding] of embeddings.entries()) all.set(embedding, i * this.channels)
    return all
  }

  backward(): Float64Array[] {
    return []
  }

  update(): void {}
}

/** Embeddings by chance, each class as likely as any other. */
export class EmbeddedExamples implements ExampleSource {
  readonly #classes: readonly (readonly Example[])[]
  readonly #seed: number

  constructor(examples: readonly Example[], labels: number, seed: number) {
    this.#classes = Array.from({ length: labels }, (_, label) =>
      examples.filter(({ target }) => target[label] === 1),
    )
    this.#seed = seed
  }

  make(index: number): Example {
    const random = streams.example(this.#seed, index)
    const own = this.#classes[random.below(this.#classes.length)]
    return own[random.below(own.length)]
  }
}

/** The last dense layer and its sigmoid alone, [1, inputs, 1] → [labels], from zeros. */
export function lastLayer(name: string, inputs: number, labels: number): Sequential {
  return sequential({
    layers: [
      layers.reshape({ inputShape: [1, inputs, 1], targetShape: [inputs] }),
      layers.dense({ name, units: labels, kernelInitializer: 'zeros' }),
      layers.activation({ activation: 'sigmoid' }),
    ],
  })
}
