import type { Variable } from '@tensorflow/tfjs-core'
import type { LayersModel, layers } from '@tensorflow/tfjs-layers'
import { layerSources } from './apply-layers.ts'

type Layer = layers.Layer
type Sources = ReturnType<typeof layerSources>

/** Of a batch normalisation, as of the layer; weights are places among the model's. */
export interface NormalisationPlan {
  readonly epsilon: number
  readonly momentum: number
  readonly gamma: number
  readonly beta: number
  readonly movingMean: number
  readonly movingVariance: number
}

/** A 3 × 3 convolution at stride 1, normalised and rectified, and the pooling by 2 × 2 behind it, if there is one. */
export interface BlockPlan {
  readonly filters: number
  readonly isPooled: boolean
  /** Place of its filters among the model's weights, [3, 3, inputs, filters]. */
  readonly kernel: number
  readonly normalisation: NormalisationPlan
}

/** A network as `createNetwork` makes it, whatever its size: plain data, the weights by their places. */
export interface ConvolutionalPlan {
  readonly windowFrames: number
  readonly channels: number
  readonly labels: number
  readonly level: NormalisationPlan
  readonly blocks: readonly BlockPlan[]
  /** Places of the blocks whose pooled maps go into the last layer too, each map's maximum over time, before the means. */
  readonly peaks: readonly number[]
  /** Place of the last layer's weights, [inputs, labels], and of its biases. */
  readonly kernel: number
  readonly bias: number
}

/** @returns undefined for a model of other layers */
export function convolutionalPlan(model: LayersModel): ConvolutionalPlan | undefined {
  const [, windowFrames, channels, ...others] = model.inputs[0].shape as number[]
  if (windowFrames % 2 === 1 || channels % 2 === 1 || others.join() !== '1') return undefined
  const [dense, activation] = model.layers.slice(-2)
  const sources = layerSources(model)
  const [joined] = sources.get(dense)!
  const ends = joined?.getClassName() === 'Concatenate' ? sources.get(joined)! : [joined]
  const chain = chainTo(ends[ends.length - 1], sources)
  const reader = new LayerReader(model, [...chain, dense, activation], sources)
  const [rows, columns] = [windowFrames / 2, channels / 2]
  const isPatched = () =>
    reader.reshape(rows, 2, columns, 2) &&
    reader.take('Permute', { dims: [1, 3, 2, 4] }) &&
    reader.reshape(rows, columns, 4)
  if (!reader.reshape(windowFrames, channels)) return undefined
  const level = reader.normalisation()
  if (!level || !isPatched()) return undefined
  const blocks: BlockPlan[] = []
  for (let block = reader.block(); block; block = reader.block()) blocks.push(block)
  const [height, width] = blocks.reduce(
    ([down, across], { isPooled }) => (isPooled ? [down >> 1, across >> 1] : [down, across]),
    [rows, columns],
  )
  const last = blocks.at(-1)
  if (!last || last.isPooled || !reader.reshape(height, width * last.filters)) return undefined
  if (!reader.take('GlobalAveragePooling1D', {})) return undefined
  const peaks = ends.slice(0, -1).map((end) => reader.pooledBefore(end))
  if (!peaks.every((peak) => peak !== undefined)) return undefined
  if (!reader.take('Dense', { useBias: true, activation: 'linear' })) return undefined
  if (!reader.take('Activation', {}) || !reader.isAtEnd) return undefined
  const [kernel, bias] = reader.placesOf(dense)
  const labels = model.outputs[0].shape[1]!
  return { windowFrames, channels, labels, level, blocks, peaks, kernel, bias }
}

/** The layers that lead to one, the first first, without the input layer. */
function chainTo(layer: Layer | undefined, sources: Sources): Layer[] {
  if (layer === undefined || layer.getClassName() === 'InputLayer') return []
  return [...chainTo(sources.get(layer)![0], sources), layer]
}

/** Reads layers of a model one after the other. */
class LayerReader {
  readonly #layers: readonly Layer[]
  readonly #sources: Sources
  readonly #variables: readonly Variable[]
  /** Of each block read, its pooling, if there is one. */
  readonly #poolings: (Layer | undefined)[] = []
  #next = 0

  constructor(model: LayersModel, layers: readonly Layer[], sources: Sources) {
    this.#layers = layers
    this.#sources = sources
    this.#variables = model.weights.map((weight) => weight.read() as Variable)
  }

  get isAtEnd(): boolean {
    return this.#next === this.#layers.length
  }

  /** Goes on when the next layer is of this class and has these options. */
  take(className: string, wanted: Readonly<Record<string, unknown>>): Layer | undefined {
    const layer = this.#layers[this.#next]
    if (layer?.getClassName() !== className) return undefined
    const config = layer.getConfig()
    const isWanted = ([name, value]: [string, unknown]) =>
      JSON.stringify(config[name] ?? null) === JSON.stringify(value)
    if (!Object.entries(wanted).every(isWanted)) return undefined
    this.#next++
    return layer
  }

  reshape(...shape: readonly number[]): boolean {
    const layer = this.#layers[this.#next]
    if (layer?.getClassName() !== 'Reshape') return false
    if ((layer.outputShape as number[]).slice(1).join() !== shape.join()) return false
    this.#next++
    return true
  }

  normalisation(): NormalisationPlan | undefined {
    const layer = this.take('BatchNormalization', { axis: -1, center: true, scale: true })
    if (!layer) return undefined
    const { epsilon, momentum } = layer.getConfig() as { epsilon: number; momentum: number }
    const [gamma, beta, movingMean, movingVariance] = this.placesOf(layer)
    return { epsilon, momentum, gamma, beta, movingMean, movingVariance }
  }

  block(): BlockPlan | undefined {
    const convolution = this.take('Conv2D', {
      ...{ kernelSize: [3, 3], strides: [1, 1], dilationRate: [1, 1] },
      ...{ padding: 'same', useBias: false, activation: 'linear' },
    })
    if (!convolution) return undefined
    const normalisation = this.normalisation()
    if (!normalisation || !this.take('ReLU', { maxValue: null })) return undefined
    const pooling = this.take('MaxPooling2D', { poolSize: [2, 2], strides: [2, 2], padding: 'valid' })
    const isPooled = pooling !== undefined
    this.#poolings.push(pooling)
    const [kernel] = this.placesOf(convolution)
    return { filters: convolution.getConfig().filters as number, isPooled, kernel, normalisation }
  }

  /** Place of the block of whose pooled maps a layer takes the maxima over time, every column and map by itself. */
  pooledBefore(layer: Layer): number | undefined {
    const [reshape] = this.#sources.get(layer)!
    if (layer.getClassName() !== 'GlobalMaxPooling1D' || reshape.getClassName() !== 'Reshape')
      return undefined
    const [pooling] = this.#sources.get(reshape)!
    const block = this.#poolings.indexOf(pooling)
    if (block < 0) return undefined
    const [, height, width, maps] = pooling.outputShape as number[]
    const isFlat = (reshape.outputShape as number[]).slice(1).join() === [height, width * maps].join()
    return isFlat ? block : undefined
  }

  /** Places of a layer's weights among the model's, in the layer's order. */
  placesOf(layer: Layer): number[] {
    return layer.weights.map((weight) => this.#variables.indexOf(weight.read() as Variable))
  }
}
