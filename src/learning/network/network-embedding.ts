import { type ConvolutionBlock, PANEL, type Pictures } from './convolution-block.ts'
import type { ConvolutionalPlan } from './convolutional-plan.ts'

interface EmbeddingAreas {
  readonly clips: number
  readonly blocks: readonly ConvolutionBlock[]
  /** Behind the last block, and the gradient there. */
  readonly last: Pictures
  readonly lastGradient: Pictures
}

/** A value behind a block: its place in the memory, in an embedding of all clips, and how many rows its map has. */
type Use = (at: number, place: number, height: number) => void

/**
 * What the last layer of a network is given of each clip, and the gradient there on its way back: of every column and map
 * the maxima over rows behind the blocks of `peaks`, in their order, then the means over rows behind the last block.
 */
export class NetworkEmbedding {
  /** Values of a clip. */
  readonly length: number
  readonly #memory: WebAssembly.Memory
  readonly #plan: ConvolutionalPlan
  readonly #areas: EmbeddingAreas
  /** Of each block whose values are among them, the place of the first. */
  readonly #starts = new Map<number, number>()

  constructor(memory: WebAssembly.Memory, plan: ConvolutionalPlan, areas: EmbeddingAreas) {
    this.#memory = memory
    this.#plan = plan
    this.#areas = areas
    let length = 0
    for (const block of [...plan.peaks, this.#last]) {
      this.#starts.set(block, length)
      length += areas.blocks[block].outputWidth * plan.blocks[block].filters
    }
    this.length = length
  }

  get #last(): number {
    return this.#plan.blocks.length - 1
  }

  /** [clips, length] */
  read(): Float32Array {
    const { clips, blocks, last } = this.#areas
    const values = new Float32Array(clips * this.length)
    const floats = this.#floats
    for (const block of this.#plan.peaks)
      this.#each(block, blocks[block + 1].input, (at, place) => {
        // Rectified values: none is below 0.
        values[place] = Math.max(values[place], floats[at])
      })
    this.#each(this.#last, last, (at, place, height) => {
      values[place] += floats[at] / height
    })
    return values
  }

  /** Writes the gradient at the means as that at what they are the means of. @param gradient [clips, length] */
  spreadMeans(gradient: Float32Array): void {
    const floats = this.#floats
    this.#each(this.#last, this.#areas.lastGradient, (at, place, height) => {
      floats[at] = gradient[place] / height
    })
  }

  /**
   * Adds the gradient at a block's maxima to that at the values that are the maxima; nothing for a block without.
   *
   * @param values what `read` gave @param gradient [clips, length]
   */
  addPeaks(block: number, values: Float32Array, gradient: Float32Array): void {
    if (!this.#plan.peaks.includes(block)) return
    const { input, inputGradient } = this.#areas.blocks[block + 1]
    const apart = (inputGradient.first - input.first) / 4
    const floats = this.#floats
    this.#each(block, input, (at, place) => {
      if (floats[at] === values[place]) floats[at + apart] += gradient[place]
    })
  }

  get #floats(): Float32Array {
    return new Float32Array(this.#memory.buffer)
  }

  /** Calls `use` for every value of pictures behind a block. */
  #each(block: number, { first, line, plane, clip }: Pictures, use: Use): void {
    const { clips, blocks } = this.#areas
    const { outputHeight: height, outputWidth: width } = blocks[block]
    const { filters } = this.#plan.blocks[block]
    for (let i = 0; i < clips; i++) {
      const start = i * this.length + this.#starts.get(block)!
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          for (let map = 0; map < filters; map++) {
            const panel = Math.floor(map / PANEL)
            const at = (first + i * clip + panel * plane + row * line) / 4 + column * PANEL + (map % PANEL)
            use(at, start + column * filters + map, height)
          }
        }
      }
    }
  }
}
