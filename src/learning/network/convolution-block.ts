import type { MemoryLayout } from '../../../worklet/index.ts'
import { ChannelNormalisation } from './channel-normalisation.ts'
import type { NetworkKernel } from './kernel.ts'

/** Channels of a panel. */
export const PANEL = 8
/** Bytes of a pixel of a panel. */
const PIXEL = 4 * PANEL
/** Numbers that a tile has in Winograd's domain. */
const TILE = 16
/** Bytes of transformed tiles, before and behind the product, that are worked on at a time: half of a core's second cache. */
const BLOCK_BYTES = 2 ** 18

export interface BlockShape {
  readonly clips: number
  readonly inputs: number
  readonly filters: number
  readonly height: number
  readonly width: number
  readonly isPooled: boolean
  readonly epsilon: number
}

/** Pictures of a batch, one address each: their first pixel, and bytes from row to row and from panel to panel. */
export interface Pictures {
  readonly first: number
  readonly line: number
  readonly plane: number
  readonly clip: number
}

export const panelsOf = (channels: number) => Math.ceil(channels / PANEL)

/** Some clips, of which the tiles are one matrix. */
interface Group {
  readonly first: number
  readonly clips: number
  readonly tiles: number
  /** Address of the transformed inputs, kept from forward to backward. */
  readonly transformed: number
}

/** A 3 × 3 convolution, its batch normalisation, rectifier and pooling, on the clips of a batch, forward and backward. */
export class ConvolutionBlock {
  /** Where the pictures to be convolved are written; what is around them stays 0. */
  readonly input: Pictures
  /** ∂L/∂input, laid out like it, after `differentiateConvolution`. */
  readonly inputGradient: Pictures
  readonly normalisation: ChannelNormalisation
  /** Of the result. */
  readonly outputHeight: number
  readonly outputWidth: number
  /** Values of a channel in a clip. */
  readonly pixels: number
  readonly #kernel: NetworkKernel
  readonly #shape: BlockShape
  readonly #inputPanels: number
  readonly #panels: number
  readonly #tileRows: number
  readonly #tileColumns: number
  readonly #groups: readonly Group[]
  readonly #outputs: number
  readonly #products: number
  readonly #inputProducts: number
  readonly #filters: number
  readonly #transformedFilters: number
  readonly #transposedFilters: number
  readonly #filterProducts: number
  readonly #filterGradient: number
  readonly #constants: number
  readonly #sums: number

  constructor(kernel: NetworkKernel, layout: MemoryLayout, shape: BlockShape) {
    const { clips, inputs, filters, height, width, isPooled } = shape
    this.#kernel = kernel
    this.#shape = shape
    this.pixels = height * width
    this.outputHeight = isPooled ? height >> 1 : height
    this.outputWidth = isPooled ? width >> 1 : width
    const inputPanels = panelsOf(inputs)
    const panels = panelsOf(filters)
    this.#inputPanels = inputPanels
    this.#panels = panels
    this.#tileRows = (height + 1) >> 1
    this.#tileColumns = (width + 1) >> 1
    const tiles = this.#tileRows * this.#tileColumns
    const bytes = tiles * TILE * PIXEL * (inputPanels + panels)
    const together = Math.min(clips, Math.max(1, Math.round(BLOCK_BYTES / bytes)))
    this.#groups = Array.from({ length: Math.ceil(clips / together) }, (_, i) => {
      const first = i * together
      const count = Math.min(together, clips - first)
      const transformed = layout.reserve(TILE * inputPanels * count * tiles * PANEL)
      return { first, clips: count, tiles: count * tiles, transformed }
    })
    this.input = this.#reservePictures(layout)
    this.inputGradient = this.#reservePictures(layout)
    this.#outputs = layout.reserve(clips * panels * this.pixels * PANEL)
    this.#products = layout.reserve(TILE * panels * together * tiles * PANEL)
    this.#inputProducts = layout.reserve(TILE * inputPanels * together * tiles * PANEL)
    const pairs = inputPanels * panels * PANEL * PANEL
    this.#filters = layout.reserve(9 * pairs)
    this.#transformedFilters = layout.reserve(TILE * pairs)
    this.#transposedFilters = layout.reserve(TILE * pairs)
    this.#filterProducts = layout.reserve(TILE * pairs)
    this.#filterGradient = layout.reserve(9 * pairs)
    this.#constants = layout.reserve(panels * 6 * PANEL)
    this.#sums = layout.reserve(panels * 2 * PANEL * 2)
    this.normalisation = new ChannelNormalisation(
      kernel.memory,
      { constants: this.#constants, sums: this.#sums, panels, width: PANEL },
      filters,
      shape.epsilon,
    )
  }

  /** @param filters [3, 3, inputs, filters] @param transposes whether `differentiateConvolution` gives ∂L/∂input */
  load(filters: Float32Array, transposes: boolean): void {
    this.#eachRow(this.#filters, (row, at) => row.set(filters.subarray(at, at + row.length)))
    const [inputs, outputs] = [this.#inputPanels * PANEL, this.#panels * PANEL]
    this.#kernel.filterTransform(this.#filters, inputs, outputs, this.#transformedFilters)
    if (!transposes) return
    for (let i = 0; i < TILE; i++) {
      const at = i * inputs * outputs * 4
      this.#kernel.transpose(
        this.#transformedFilters + at,
        this.#inputPanels,
        this.#panels,
        this.#transposedFilters + at,
      )
    }
  }

  /** Convolves, and leaves the sums of values and squares for the normalisation. */
  convolve(): void {
    const kernel = this.#kernel
    const { height, width } = this.#shape
    const [q, p] = [this.#inputPanels, this.#panels]
    this.normalisation.clearSums()
    for (const { first, clips, tiles, transformed } of this.#groups) {
      const own = (tiles / clips) * PIXEL
      for (let i = 0; i < clips; i++) {
        const source = this.#cornerOf(this.input, first + i)
        kernel.inputTransform(source, q, this.#tileRows, this.#tileColumns, transformed + i * own, tiles)
      }
      kernel.tileProducts(transformed, tiles, q, this.#transformedFilters, p, this.#products)
      for (let i = 0; i < clips; i++) {
        const outputs = this.#outputsOf(first + i)
        kernel.outputTransform(this.#products + i * own, p, height, width, outputs, tiles)
        kernel.moments(outputs, p, this.pixels, this.#sums)
      }
    }
  }

  /** Normalises, rectifies and pools. @param target where the results go */
  rectify(target: Pictures): void {
    const { clips, height, width, isPooled } = this.#shape
    const { rectify, rectifyPooled } = this.#kernel
    const rectified = isPooled ? rectifyPooled : rectify
    for (let i = 0; i < clips; i++) {
      const to = target.first + i * target.clip
      rectified(
        ...([this.#outputsOf(i), this.#panels, height, width, this.#constants] as const),
        ...([to, target.line, target.plane] as const),
      )
    }
  }

  /** Leaves the sums of gradients for the normalisation. @param outer ∂L/∂results */
  sumGradients(outer: Pictures): void {
    const { clips, height, width, isPooled } = this.#shape
    const { rectifySums, rectifyPooledSums } = this.#kernel
    const sum = isPooled ? rectifyPooledSums : rectifySums
    this.normalisation.clearSums()
    for (let i = 0; i < clips; i++) {
      const from = outer.first + i * outer.clip
      sum(
        ...([this.#outputsOf(i), this.#panels, height, width, this.#constants] as const),
        ...([from, outer.line, outer.plane, this.#sums] as const),
      )
    }
  }

  /**
   * Carries the gradient on to the input and to the filters.
   *
   * @param outer ∂L/∂results
   * @param of which gradients are wanted
   */
  differentiateConvolution(
    outer: Pictures,
    of: { readonly filters: boolean; readonly input: boolean },
  ): void {
    const kernel = this.#kernel
    const { clips: all, height, width } = this.#shape
    const [q, p] = [this.#inputPanels, this.#panels]
    kernel.clear(this.#filterProducts, TILE * q * p * PANEL * PANEL * 4)
    kernel.clear(this.#cornerOf(this.inputGradient, 0), all * this.inputGradient.clip)
    for (const { first, clips, tiles, transformed } of this.#groups) {
      const own = (tiles / clips) * PIXEL
      for (let i = 0; i < clips; i++) {
        this.#differentiateRectifier(first + i, outer)
        const gradient = this.#outputsOf(first + i)
        kernel.outputTransformGradient(gradient, p, height, width, this.#products + i * own, tiles)
      }
      if (of.filters)
        kernel.tileProductsGradient(transformed, tiles, q, this.#products, p, this.#filterProducts)
      if (!of.input) continue
      kernel.tileProducts(this.#products, tiles, p, this.#transposedFilters, q, this.#inputProducts)
      for (let i = 0; i < clips; i++) {
        const target = this.#cornerOf(this.inputGradient, first + i)
        kernel.inputTransformGradient(
          this.#inputProducts + i * own,
          q,
          this.#tileRows,
          this.#tileColumns,
          target,
          tiles,
        )
      }
    }
  }

  /** ∂L/∂filters, [3, 3, inputs, filters], of this replica's clips. */
  filterGradient(): Float32Array {
    const { inputs, filters } = this.#shape
    const [all, outputs] = [this.#inputPanels * PANEL, this.#panels * PANEL]
    this.#kernel.filterTransformGradient(this.#filterProducts, all, outputs, this.#filterGradient)
    const gradient = new Float32Array(9 * inputs * filters)
    this.#eachRow(this.#filterGradient, (row, at) => gradient.set(row, at))
    return gradient
  }

  #differentiateRectifier(clip: number, outer: Pictures): void {
    const { height, width, isPooled } = this.#shape
    const { rectifyGradient, rectifyPooledGradient } = this.#kernel
    const differentiate = isPooled ? rectifyPooledGradient : rectifyGradient
    const from = outer.first + clip * outer.clip
    differentiate(
      ...([this.#outputsOf(clip), this.#panels, height, width, this.#constants] as const),
      ...([from, outer.line, outer.plane] as const),
    )
  }

  #outputsOf(clip: number): number {
    return this.#outputs + clip * this.#panels * this.pixels * PIXEL
  }

  /** Pictures with a margin of a pixel on each side, and of as many more as tiles stand out. */
  #reservePictures(layout: MemoryLayout): Pictures {
    const [rows, columns] = [2 * this.#tileRows + 2, 2 * this.#tileColumns + 2]
    const line = columns * PIXEL
    const plane = rows * line
    const clip = this.#inputPanels * plane
    const start = layout.reserve((this.#shape.clips * clip) / 4)
    return { first: start + line + PIXEL, line, plane, clip }
  }

  /** Address of a picture's margin. */
  #cornerOf({ first, line, clip }: Pictures, i: number): number {
    return first - line - PIXEL + i * clip
  }

  /** The rows of filters that lie in the kernel, whose channels are filled up to whole panels. */
  #eachRow(address: number, use: (row: Float32Array, at: number) => void): void {
    const { inputs, filters } = this.#shape
    const [all, outputs] = [this.#inputPanels * PANEL, this.#panels * PANEL]
    for (let tap = 0; tap < 9; tap++) {
      for (let input = 0; input < inputs; input++) {
        const start = address + (tap * all + input) * outputs * 4
        use(new Float32Array(this.#kernel.memory.buffer, start, filters), (tap * inputs + input) * filters)
      }
    }
  }
}
