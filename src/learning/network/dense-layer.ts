import type { MemoryLayout } from '../../../worklet/index.ts'
import { PANEL, panelsOf } from './convolution-block.ts'
import type { NetworkKernel } from './kernel.ts'

/** The last layer, scores = inputs · weights + biases, on the clips of a batch. */
export class DenseLayer {
  readonly #kernel: NetworkKernel
  readonly #clips: number
  readonly #inputs: number
  readonly #labels: number
  readonly #left: number
  readonly #weights: number
  readonly #transposed: number
  readonly #scores: number
  readonly #gradient: number
  #biases: Float32Array = new Float32Array(0)

  constructor(kernel: NetworkKernel, layout: MemoryLayout, clips: number, inputs: number, labels: number) {
    this.#kernel = kernel
    this.#clips = clips
    this.#inputs = inputs
    this.#labels = labels
    const [q, p] = [panelsOf(inputs), panelsOf(labels)]
    this.#left = layout.reserve(q * clips * PANEL)
    this.#scores = layout.reserve(p * clips * PANEL)
    this.#weights = layout.reserve(q * p * PANEL * PANEL)
    this.#transposed = layout.reserve(q * p * PANEL * PANEL)
    this.#gradient = layout.reserve(q * p * PANEL * PANEL)
  }

  /** @param weights [inputs, labels] */
  load(weights: Float32Array, biases: Float32Array): void {
    const [q, p] = [panelsOf(this.#inputs), panelsOf(this.#labels)]
    this.#write(this.#weights, weights, this.#inputs, this.#labels, q * PANEL)
    this.#kernel.transpose(this.#weights, q, p, this.#transposed)
    this.#biases = biases
  }

  /** @param inputs [clips, inputs] @returns [clips, labels] */
  forward(inputs: Float32Array): Float32Array {
    const [q, p] = [panelsOf(this.#inputs), panelsOf(this.#labels)]
    this.#write(this.#left, inputs, this.#clips, this.#inputs, this.#clips)
    this.#kernel.multiplyAll(this.#left, this.#clips, q, this.#weights, p, this.#scores)
    const scores = this.#read(this.#scores, this.#clips, this.#labels, this.#clips)
    return scores.map((score, i) => score + this.#biases[i % this.#labels])
  }

  /** @param gradient at the scores of the last `forward` */
  backward(gradient: Float32Array): { inputs: Float32Array; weights: Float32Array; biases: Float32Array } {
    const [q, p] = [panelsOf(this.#inputs), panelsOf(this.#labels)]
    this.#write(this.#scores, gradient, this.#clips, this.#labels, this.#clips)
    this.#kernel.clear(this.#gradient, q * p * PANEL * PANEL * 4)
    this.#kernel.multiplyTransposedAll(this.#left, this.#clips, q, this.#scores, p, this.#gradient)
    this.#kernel.multiplyAll(this.#scores, this.#clips, p, this.#transposed, q, this.#left)
    const biases = new Float32Array(this.#labels)
    gradient.forEach((value, i) => {
      biases[i % this.#labels] += value
    })
    return {
      inputs: this.#read(this.#left, this.#clips, this.#inputs, this.#clips),
      weights: this.#read(this.#gradient, this.#inputs, this.#labels, q * PANEL),
      biases,
    }
  }

  /** A matrix [rows, columns] as panels of `height` rows. */
  #write(address: number, values: Float32Array, rows: number, columns: number, height: number): void {
    const floats = new Float32Array(this.#kernel.memory.buffer, address, panelsOf(columns) * height * PANEL)
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) floats[placeOf(i, j, height)] = values[i * columns + j]
    }
  }

  #read(address: number, rows: number, columns: number, height: number): Float32Array {
    const floats = new Float32Array(this.#kernel.memory.buffer, address, panelsOf(columns) * height * PANEL)
    const values = new Float32Array(rows * columns)
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) values[i * columns + j] = floats[placeOf(i, j, height)]
    }
    return values
  }
}

const placeOf = (row: number, column: number, height: number) =>
  (Math.floor(column / PANEL) * height + row) * PANEL + (column % PANEL)
