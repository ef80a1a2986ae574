import type { MemoryLayout } from '../../worklet/index.ts'
import type { Geometry } from '../frontend/index.ts'
import { addWindowGradient, type Range, type SampledEnergy, weightsOfRanges } from '../sampling/index.ts'
import type { ClipGrid } from './grid.ts'
import type { GradientKernel } from './kernel.ts'

const VECTOR = 16

/** Pooling of one channel's values, sampled every few samples, to frames: one object a channel. */
export interface ChannelPooling {
  /** Values that a sound has: the size of the transform over the stride. */
  readonly points: number
  /** Vectors to reserve before and behind the values. */
  readonly margin: number
  /** @param values address of the first value; margins lie around it. @param sums receives a vector a frame. */
  forward(values: number, quad: number, sums: number): void
  /** @param outer ∂L/∂sums. @param gradient receives ∂L/∂values, margins around it. */
  backward(values: number, quad: number, outer: number, gradient: number): void
}

/** Weighted sums over the window of each frame; windows that leave the signal count what is inside. */
export class WindowChannel implements ChannelPooling {
  readonly points: number
  readonly margin: number
  readonly #kernel: GradientKernel
  readonly #grid: ClipGrid
  readonly #taps: number
  #sampled: SampledEnergy
  readonly #ranges: readonly Range[]
  /** Index of the first frame's first node. */
  readonly #firstNode: number
  readonly #step: number
  readonly #weights: number
  readonly #weightGradients: number
  readonly #sets: number
  readonly #gradientSets: number

  constructor(
    kernel: GradientKernel,
    grid: ClipGrid,
    geometry: Geometry,
    sampled: SampledEnergy,
    layout: MemoryLayout,
  ) {
    const { first, stride, count } = sampled.nodes
    this.#kernel = kernel
    this.#grid = grid
    this.#taps = geometry.windowLength
    this.#sampled = sampled
    this.points = grid.size / stride
    this.#step = geometry.hop / stride
    this.#firstNode = (first - geometry.poolingLeft) / stride
    const last = this.#firstNode + (grid.frames - 1) * this.#step + count
    this.margin = Math.max(-this.#firstNode, last - this.points, 0)
    const { ranges, rangeOfFrame } = rangesOf(geometry, grid)
    this.#ranges = ranges
    this.#weights = layout.reserve(ranges.length * count)
    this.#weightGradients = layout.reserve(ranges.length * count * 4)
    this.#sets = layout.place(Int32Array.from(rangeOfFrame, (range) => this.#weights + range * count * 4))
    this.#gradientSets = layout.place(
      Int32Array.from(rangeOfFrame, (range) => this.#weightGradients + range * count * VECTOR),
    )
  }

  /** @param sampled how the window is sampled now, at the stride there was. */
  setWindow(window: Float64Array, sampled: SampledEnergy): void {
    const { count } = sampled.nodes
    this.#sampled = sampled
    const weights = new Float32Array(this.#kernel.memory.buffer, this.#weights, this.#ranges.length * count)
    weightsOfRanges(sampled, window, this.#ranges).forEach((own, i) => weights.set(own, i * count))
  }

  clearGradient(): void {
    this.#kernel.clear(this.#weightGradients, this.#ranges.length * this.#sampled.nodes.count * VECTOR)
  }

  forward(values: number, _quad: number, sums: number): void {
    this.#wrap(values)
    const first = values + this.#firstNode * VECTOR
    this.#kernel.pool(
      first,
      this.#step * VECTOR,
      this.#grid.frames,
      this.#sets,
      this.#sampled.nodes.count,
      sums,
    )
  }

  backward(values: number, _quad: number, outer: number, gradient: number): void {
    this.#wrap(values)
    const offset = this.#firstNode * VECTOR
    this.#kernel.clear(gradient - this.margin * VECTOR, (this.points + 2 * this.margin) * VECTOR)
    this.#kernel.poolGradient(
      values + offset,
      this.#step * VECTOR,
      this.#grid.frames,
      this.#sets,
      this.#sampled.nodes.count,
      outer,
      gradient + offset,
      this.#gradientSets,
    )
    this.#unwrap(gradient)
  }

  /** ∂L/∂window from all of `backward` since the gradient was cleared. */
  windowGradient(): Float64Array {
    const { count } = this.#sampled.nodes
    const gradient = new Float64Array(this.#taps)
    const sums = new Float32Array(
      this.#kernel.memory.buffer,
      this.#weightGradients,
      this.#ranges.length * count * 4,
    )
    const weightGradients = this.#ranges.map((_, i) =>
      Float64Array.from({ length: count }, (_, j) => {
        const at = (i * count + j) * 4
        return sums[at] + sums[at + 1] + sums[at + 2] + sums[at + 3]
      }),
    )
    addWindowGradient(this.#sampled, weightGradients, this.#ranges, gradient)
    return gradient
  }

  /** What lies around the values is what the transform's circle brings there. */
  #wrap(values: number): void {
    const bytes = this.margin * VECTOR
    const end = values + this.points * VECTOR
    this.#kernel.move(values - bytes, end - bytes, bytes)
    this.#kernel.move(end, values, bytes)
  }

  #unwrap(gradient: number): void {
    const floats = new Float32Array(this.#kernel.memory.buffer)
    const [start, end] = [gradient / 4, gradient / 4 + this.points * 4]
    for (let i = 0; i < this.margin * 4; i++) {
      floats[end - this.margin * 4 + i] += floats[start - this.margin * 4 + i]
      floats[start + i] += floats[end + i]
    }
  }
}

/** The largest value in the window of each frame, at full rate. */
export class MaxChannel implements ChannelPooling {
  readonly points: number
  readonly margin = 0
  readonly #kernel: GradientKernel
  readonly #frames: number
  readonly #ranges: number
  /** Addresses of which value each frame took. */
  readonly #maxima: number

  constructor(
    kernel: GradientKernel,
    grid: ClipGrid,
    { hop, poolingLeft, windowLength }: Geometry,
    quads: number,
    layout: MemoryLayout,
  ) {
    this.#kernel = kernel
    this.#frames = grid.frames
    this.points = grid.size
    const ranges = Int32Array.from({ length: grid.frames * 2 }, (_, i) => {
      const start = (i >> 1) * hop - poolingLeft
      return i % 2 === 0 ? Math.max(0, start) : Math.min(grid.samples, start + windowLength)
    })
    this.#ranges = layout.place(ranges)
    this.#maxima = layout.reserve(quads * grid.frames * 4)
  }

  forward(values: number, quad: number, sums: number): void {
    this.#kernel.maxPool(values, this.#frames, this.#ranges, sums, this.#maximaOf(quad))
  }

  backward(_values: number, quad: number, outer: number, gradient: number): void {
    this.#kernel.clear(gradient, this.points * VECTOR)
    this.#kernel.maxPoolGradient(outer, this.#maximaOf(quad), this.#frames, gradient)
  }

  #maximaOf(quad: number): number {
    return this.#maxima + quad * this.#frames * VECTOR
  }
}

/** The parts of windows that lie inside the signal, and which one each frame has. */
function rangesOf(geometry: Geometry, grid: ClipGrid): { ranges: Range[]; rangeOfFrame: number[] } {
  const ranges: Range[] = []
  const rangeOfFrame = Array.from({ length: grid.frames }, (_, i) => {
    const start = i * geometry.hop - geometry.poolingLeft
    const first = Math.max(0, -start)
    const last = Math.min(geometry.windowLength, grid.samples - start)
    const known = ranges.findIndex((range) => range.first === first && range.last === last)
    return known >= 0 ? known : ranges.push({ first, last }) - 1
  })
  return { ranges, rangeOfFrame }
}
