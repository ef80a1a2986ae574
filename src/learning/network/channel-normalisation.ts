import type { AllReduce } from './all-reduce.ts'

/** Rows of a normalisation's constants, as the kernel reads them. */
const ROWS = ['scale', 'shift', 'mean', 'inverse', 'meanGradient', 'meanProduct'] as const
type Row = (typeof ROWS)[number]

/** How channels lie in the kernel's constants and sums: in panels of `width`, or all in one. */
export interface NormalisationAreas {
  /** Address of [panels][6][width], float32. */
  readonly constants: number
  /** Address of [panels][2][width], float64. */
  readonly sums: number
  readonly panels: number
  readonly width: number
}

/** What a normalisation has of the model. */
export interface NormalisationWeights {
  readonly gamma: Float32Array
  readonly beta: Float32Array
  readonly movingMean: Float32Array
  readonly movingVariance: Float32Array
}

/** Batch normalisation between the kernel's sums and its constants, over all replicas. */
export class ChannelNormalisation {
  readonly #memory: WebAssembly.Memory
  readonly #areas: NormalisationAreas
  readonly #channels: number
  readonly #epsilon: number
  #weights!: NormalisationWeights

  constructor(memory: WebAssembly.Memory, areas: NormalisationAreas, channels: number, epsilon: number) {
    this.#memory = memory
    this.#areas = areas
    this.#channels = channels
    this.#epsilon = epsilon
  }

  /** Takes the model's numbers; the running statistics count until `learn` is called. */
  load(weights: NormalisationWeights): void {
    this.#weights = weights
    this.#set(weights.movingMean, weights.movingVariance)
  }

  /**
   * Takes mean and variance of the batch from the sums of values and squares.
   *
   * @param count of values of a channel, on all replicas
   * @returns the running statistics that follow
   */
  learn(count: number, momentum: number, reduce: AllReduce): { mean: Float32Array; variance: Float32Array } {
    const [mean, variance] = [new Float32Array(this.#channels), new Float32Array(this.#channels)]
    const sums = this.#sums
    reduce.sum(sums)
    for (let n = 0; n < this.#channels; n++) {
      const average = this.#sum(sums, 0, n) / count
      mean[n] = average
      variance[n] = Math.max(0, this.#sum(sums, 1, n) / count - average * average)
    }
    this.#set(mean, variance)
    const { movingMean, movingVariance } = this.#weights
    return {
      mean: movingMean.map((value, n) => value - (1 - momentum) * (value - mean[n])),
      variance: movingVariance.map((value, n) => value - (1 - momentum) * (value - variance[n])),
    }
  }

  /**
   * Takes the sums of gradients and of their products with deviations.
   *
   * @param count as before; 0 where statistics do not depend on the batch
   * @returns gradients at gamma and beta, of this replica's share
   */
  differentiate(count: number, reduce: AllReduce): { gamma: Float32Array; beta: Float32Array } {
    const sums = this.#sums
    const row = (i: 0 | 1) => Float32Array.from({ length: this.#channels }, (_, n) => this.#sum(sums, i, n))
    const [beta, gamma] = [row(0), row(1)]
    if (count > 0) reduce.sum(sums)
    this.#put('meanGradient', (n) => (count > 0 ? this.#sum(sums, 0, n) / count : 0))
    this.#put('meanProduct', (n) => (count > 0 ? this.#sum(sums, 1, n) / count : 0))
    return { gamma, beta }
  }

  clearSums(): void {
    this.#sums.fill(0)
  }

  #set(mean: Float32Array, variance: Float32Array): void {
    const { gamma, beta } = this.#weights
    const inverse = (n: number) => 1 / Math.sqrt(variance[n] + this.#epsilon)
    this.#put('scale', (n) => gamma[n] * inverse(n))
    this.#put('shift', (n) => beta[n] - mean[n] * gamma[n] * inverse(n))
    this.#put('mean', (n) => mean[n])
    this.#put('inverse', inverse)
  }

  #sum(sums: Float64Array, row: 0 | 1, channel: number): number {
    const { width } = this.#areas
    return sums[(Math.floor(channel / width) * 2 + row) * width + (channel % width)]
  }

  /** Writes one row of the constants, in the order of the channels. */
  #put(row: Row, values: (channel: number) => number): void {
    const { constants, panels, width } = this.#areas
    const floats = new Float32Array(this.#memory.buffer, constants, panels * ROWS.length * width)
    for (let n = 0; n < this.#channels; n++) {
      const panel = Math.floor(n / width)
      floats[(panel * ROWS.length + ROWS.indexOf(row)) * width + (n % width)] = values(n)
    }
  }

  get #sums(): Float64Array {
    const { sums, panels, width } = this.#areas
    return new Float64Array(this.#memory.buffer, sums, panels * 2 * width)
  }
}
