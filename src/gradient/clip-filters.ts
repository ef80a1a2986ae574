import type { MemoryLayout } from '../../worklet/index.ts'
import {
  type FrontendDescription,
  type Geometry,
  type ImpulseResponses,
  poolingOf,
} from '../frontend/index.ts'
import { FilterOutputs } from './filter-outputs.ts'
import type { ClipGrid } from './grid.ts'
import type { GradientKernel } from './kernel.ts'
import { Rectification } from './rectification.ts'
import type { ChannelSampling } from './sampling.ts'
import { MaxChannel, WindowChannel } from './window-pooling.ts'

const VECTOR = 16

/** Filters, rectifier and pooling laid out in the kernel's memory for batches of one size. */
export class ClipFilters {
  readonly #frames: number
  readonly #quads: number
  readonly #outputs: FilterOutputs
  /** The channels that each complex filter computes: one, or two with real filters. */
  readonly #members: readonly (readonly number[])[]
  readonly #paired: boolean
  readonly #rectification: Rectification
  readonly #channels: readonly (WindowChannel | MaxChannel)[]
  /** Rectified values of a channel, and their gradient, with margins; the gradient at a filter's outputs. */
  readonly #values: number
  readonly #valueGradients: number
  readonly #outputGradients: number

  /** @param quads groups of four sounds, an even number. */
  constructor(
    kernel: GradientKernel,
    { rectifier, pooling }: FrontendDescription,
    geometry: Geometry,
    grid: ClipGrid,
    samplings: readonly ChannelSampling[],
    quads: number,
    layout: MemoryLayout,
  ) {
    this.#frames = grid.frames
    this.#quads = quads
    this.#paired = rectifier !== 'squared-modulus'
    const perFilter = this.#paired ? 2 : 1
    this.#members = Array.from({ length: Math.ceil(samplings.length / perFilter) }, (_, i) =>
      samplings.map((_, channel) => channel).slice(i * perFilter, (i + 1) * perFilter),
    )
    this.#rectification = new Rectification(kernel, rectifier, layout)
    this.#channels = samplings.map(({ energy }) =>
      poolingOf(pooling).method === 'maximum'
        ? new MaxChannel(kernel, grid, geometry, quads, layout)
        : new WindowChannel(kernel, grid, geometry, energy, layout),
    )
    const filters = this.#members.map(([channel]) => {
      const { lowest, width, energy } = samplings[channel]
      return { lowest, width, stride: energy.nodes.stride }
    })
    this.#outputs = new FilterOutputs(kernel, grid, geometry.windowLength, filters, quads, layout)
    const room = Math.max(...this.#channels.map(({ points, margin }) => points + 2 * margin))
    this.#values = layout.reserve(room * 4)
    this.#valueGradients = layout.reserve(room * 4)
    this.#outputGradients = layout.reserve(room * 8)
  }

  /** Takes filters and windows that fit the strides and bins laid out. */
  set(
    { real, imaginary }: ImpulseResponses,
    windows: readonly Float64Array[],
    samplings: readonly ChannelSampling[],
  ): void {
    const silent = new Float64Array(real[0].length)
    this.#outputs.setFilters(
      this.#paired
        ? {
            real: this.#members.map(([channel]) => real[channel]),
            imaginary: this.#members.map(([, channel]) => real[channel] ?? silent),
          }
        : { real, imaginary },
    )
    this.#channels.forEach((channel, n) => {
      if (channel instanceof WindowChannel) channel.setWindow(windows[n], samplings[n].energy)
    })
  }

  /** @param target address of [quad][channel][frame] vectors. */
  forward(sounds: readonly Float32Array[], target: number): void {
    this.#outputs.setSounds(sounds)
    for (const channel of this.#channels) if (channel instanceof WindowChannel) channel.clearGradient()
    this.#members.forEach((members, filter) => {
      for (let quad = 0; quad < this.#quads; quad++) {
        const outputs = this.#outputs.compute(filter, quad)
        members.forEach((n, component) => {
          const channel = this.#channels[n]
          const values = this.#values + channel.margin * VECTOR
          this.#rectification.forward(outputs, component, channel.points, values)
          channel.forward(values, quad, this.#rowOf(target, quad, n))
        })
      }
    })
  }

  /** @param outer ∂L/∂ what `forward` wrote. */
  backward(outer: number): void {
    this.#members.forEach((members, filter) => {
      for (let quad = 0; quad < this.#quads; quad++) {
        const outputs = this.#outputs.outputs(filter, quad)
        members.forEach((n, component) => {
          const channel = this.#channels[n]
          const values = this.#values + channel.margin * VECTOR
          const gradients = this.#valueGradients + channel.margin * VECTOR
          this.#rectification.forward(outputs, component, channel.points, values)
          channel.backward(values, quad, this.#rowOf(outer, quad, n), gradients)
          this.#rectification.backward(outputs, component, gradients, channel.points, this.#outputGradients)
        })
        this.#outputs.collect(filter, quad, this.#outputGradients)
      }
    })
  }

  /** ∂L/∂taps of every channel, from all of `backward` since the last `forward`. */
  tapGradients(): ImpulseResponses {
    const gradients = this.#outputs.tapGradients()
    if (!this.#paired) return gradients
    const { real, imaginary } = gradients
    return {
      real: this.#channels.map((_, n) => (n % 2 === 0 ? real : imaginary)[n >> 1]),
      imaginary: this.#channels.map((_, n) => new Float64Array(real[n >> 1].length)),
    }
  }

  /** ∂L/∂window of every channel; empty where pooling has no windows. */
  windowGradients(): Float64Array[] {
    return this.#channels
      .filter((channel) => channel instanceof WindowChannel)
      .map((channel) => channel.windowGradient())
  }

  #rowOf(rows: number, quad: number, channel: number): number {
    return rows + (quad * this.#channels.length + channel) * this.#frames * VECTOR
  }
}
