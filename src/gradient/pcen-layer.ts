import type { MemoryLayout } from '../../worklet/index.ts'
import { leastRooted, type PcenCompression } from '../frontend/index.ts'
import type { CompressionLayer } from './compression-layer.ts'
import type { GradientKernel } from './kernel.ts'

const VECTOR = 16
/** Numbers of a channel that the kernel reads. */
const CONSTANTS = 12

/** PCEN in the kernel, since its powers would cost more than the filters in plain JavaScript. */
export class PcenLayer implements CompressionLayer {
  readonly #kernel: GradientKernel
  readonly #channels: number
  readonly #frames: number
  readonly #quads: number
  readonly #constants: number
  readonly #smoothers: number
  readonly #sums: number
  #compression!: PcenCompression

  constructor(
    kernel: GradientKernel,
    compression: PcenCompression,
    channels: number,
    frames: number,
    quads: number,
    layout: MemoryLayout,
  ) {
    this.#kernel = kernel
    this.#channels = channels
    this.#frames = frames
    this.#quads = quads
    this.#constants = layout.reserve(channels * CONSTANTS)
    this.#smoothers = layout.reserve(quads * channels * frames * 4)
    this.#sums = layout.reserve(channels * 4 * 4)
    this.update(compression)
  }

  update(compression: PcenCompression): void {
    const { alpha, delta, root, smooth, floor } = compression
    const constants = new Float32Array(
      this.#kernel.memory.buffer,
      this.#constants,
      this.#channels * CONSTANTS,
    )
    for (let n = 0; n < this.#channels; n++) {
      const power = 1 / root[n]
      const offset = delta[n] ** power
      const least = leastRooted(delta[n])
      const byDelta = power * Math.max(delta[n], least) ** (power - 1)
      const byPower = delta[n] > 0 ? offset * Math.log(delta[n]) : 0
      const leastSlope = least ** (power - 1)
      constants.set(
        [smooth[n], alpha[n], delta[n], power, offset, floor, byDelta, byPower, least, leastSlope],
        n * CONSTANTS,
      )
    }
    this.#compression = compression
  }

  forward(energies: number, target: number): void {
    this.#eachRow((row, n) => {
      this.#kernel.pcen(
        energies + row,
        this.#frames,
        this.#constantsOf(n),
        this.#smoothers + row,
        target + row,
      )
    })
  }

  backward(energies: number, outer: number): Float64Array[] {
    this.#kernel.clear(this.#sums, this.#channels * 4 * VECTOR)
    this.#eachRow((row, n) => {
      this.#kernel.pcenGradient(
        energies + row,
        this.#frames,
        this.#constantsOf(n),
        this.#smoothers + row,
        outer + row,
        this.#sums + n * 4 * VECTOR,
      )
    })
    const sums = new Float32Array(this.#kernel.memory.buffer, this.#sums, this.#channels * 16)
    const sumOf = (n: number, row: number) => {
      const at = n * 16 + row * 4
      return sums[at] + sums[at + 1] + sums[at + 2] + sums[at + 3]
    }
    const { root } = this.#compression
    const each = (value: (n: number) => number) =>
      Float64Array.from({ length: this.#channels }, (_, n) => value(n))
    return [
      each((n) => sumOf(n, 1)),
      each((n) => sumOf(n, 2)),
      // The kernel differentiates by the exponent 1/r.
      each((n) => -sumOf(n, 3) / (root[n] * root[n])),
      each((n) => sumOf(n, 0)),
    ]
  }

  #constantsOf(channel: number): number {
    return this.#constants + channel * CONSTANTS * 4
  }

  #eachRow(use: (row: number, channel: number) => void): void {
    for (let quad = 0; quad < this.#quads; quad++) {
      for (let n = 0; n < this.#channels; n++) {
        use((quad * this.#channels + n) * this.#frames * VECTOR, n)
      }
    }
  }
}
