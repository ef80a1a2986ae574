import type { BlockGrid, SpectrumPlan } from '../../src/plan/index.ts'
import type { Kernel, MemoryLayout } from '../kernel.ts'
import { placeSpectrum, type SpectrumAddresses } from '../transform-tables.ts'

/** Spectrum of the newest block of samples, from which the outputs of two frames are made. Allocates nothing later. */
export class BlockSpectrum {
  readonly #kernel: Kernel
  readonly #size: number
  readonly #below: number
  readonly #above: number
  /** Where in the block the oldest sample goes: the block is rotated so that wanted output lies in whole fifths. */
  readonly #rotation: number
  readonly #block: number
  readonly #signs: number
  readonly #addresses: SpectrumAddresses
  /** Addresses of bin 0's real and imaginary part; the other bins lie behind, and before. */
  readonly re: number
  readonly im: number

  /**
   * @param below bins wanted below bin 0.
   * @param above bins wanted above the middle one.
   */
  constructor(
    kernel: Kernel,
    grid: BlockGrid,
    plan: SpectrumPlan,
    below: number,
    above: number,
    layout: MemoryLayout,
  ) {
    this.#kernel = kernel
    this.#size = grid.size
    this.#below = below
    this.#above = above
    this.#rotation = (grid.fifth * 4 + grid.reach + 1) % grid.size
    this.#addresses = placeSpectrum(plan, layout)
    this.#block = layout.reserve(grid.size)
    // A window of ones, as the kernel packs it.
    this.#signs = layout.place(Float64Array.of(1, 1, -1, -1))
    // The bins wanted lie between minus half the size and the size.
    this.re = layout.reserve(grid.size * 1.5 + 4) + grid.size * 2
    this.im = layout.reserve(grid.size * 1.5 + 4) + grid.size * 2
  }

  /** @param newest address of the block's newest sample, the others lie before it. */
  compute(newest: number): void {
    const kernel = this.#kernel
    const size = this.#size
    const { stages, roots, data } = this.#addresses
    const oldest = newest - (size - 1) * 4
    const straight = (size - this.#rotation) * 4
    kernel.move(this.#block + this.#rotation * 4, oldest, straight)
    kernel.move(this.#block, oldest + straight, this.#rotation * 4)
    kernel.realSpectrum(this.#block, size, this.#signs, stages, roots, data, this.re, this.im)
    kernel.mirror(this.re, this.im, size / 2, this.#below, this.#above)
  }
}
