import type { MemoryLayout } from '../../worklet/index.ts'
import {
  channelTaps,
  channelWindows,
  type FrontendDescription,
  filterbankOf,
  type Geometry,
  geometryOf,
  type ImpulseResponses,
  poolingOf,
} from '../frontend/index.ts'
import { learning, type Tolerance } from '../sampling/index.ts'
import { ClipFilters } from './clip-filters.ts'
import type { Energies } from './energies.ts'
import { type ClipGrid, clipGrid } from './grid.ts'
import type { GradientKernel } from './kernel.ts'
import {
  type ChannelSampling,
  everyEnergy,
  isSampled,
  keptSampling,
  sampleChannels,
  withSpareBins,
} from './sampling.ts'

/** Updates after which bins and strides are chosen anew; at each one parameters move only a little. */
const RESAMPLED = 32

/** Filters in time, rectifier and pooling of whole sounds, and the gradient of their parameters. */
export class TimeEnergies implements Energies {
  readonly frames: number
  readonly #kernel: GradientKernel
  readonly #geometry: Geometry
  readonly #grid: ClipGrid
  #frontend: FrontendDescription
  #responses: ImpulseResponses
  #windows: readonly Float64Array[]
  #samplings: readonly ChannelSampling[]
  readonly #tolerance: Tolerance
  #updates = 0
  #filters: ClipFilters | null = null

  /** @param samples of the longest sound. */
  constructor(kernel: GradientKernel, frontend: FrontendDescription, samples: number, tolerance = learning) {
    this.#kernel = kernel
    this.#geometry = geometryOf(frontend)
    this.#grid = clipGrid(this.#geometry, samples)
    this.frames = this.#grid.frames
    this.#tolerance = tolerance
    this.#frontend = frontend
    this.#responses = channelTaps(frontend, this.#geometry)!
    this.#windows = channelWindows(frontend, this.#geometry) ?? []
    this.#samplings = withSpareBins(this.#sample())
  }

  place(quads: number, layout: MemoryLayout): void {
    this.#filters = new ClipFilters(
      this.#kernel,
      this.#frontend,
      this.#geometry,
      this.#grid,
      this.#samplings,
      quads,
      layout,
    )
    this.#filters.set(this.#responses, this.#windows, this.#samplings)
  }

  update(frontend: FrontendDescription, anew: boolean): boolean {
    this.#frontend = frontend
    this.#responses = channelTaps(frontend, this.#geometry)!
    this.#windows = channelWindows(frontend, this.#geometry) ?? []
    this.#updates = anew ? 0 : this.#updates + 1
    if (this.#updates % RESAMPLED === 0) {
      const now = this.#sample()
      const kept = anew ? null : keptSampling(this.#samplings, now)
      this.#samplings = kept ?? withSpareBins(now)
      if (!kept) return true
    }
    this.#filters?.set(this.#responses, this.#windows, this.#samplings)
    return false
  }

  forward(sounds: readonly Float32Array[], target: number): void {
    this.#filters!.forward(sounds, target)
  }

  backward(outer: number): void {
    this.#filters!.backward(outer)
  }

  gradients(energySums: Float64Array): { filterbank: Float64Array[]; pooling: Float64Array[] } {
    const { filterbank, pooling } = this.#frontend
    const filters = filterbankOf(filterbank)
    const pooled = poolingOf(pooling)
    const geometry = this.#geometry
    return {
      filterbank:
        filters.domain === 'time'
          ? filters.gradient(filterbank, this.#filters!.tapGradients(), geometry)
          : [],
      pooling:
        pooled.method === 'window'
          ? pooled.gradient(pooling, this.#filters!.windowGradients(), energySums, geometry)
          : [],
    }
  }

  #sample(): ChannelSampling[] {
    return isSampled(this.#frontend)
      ? sampleChannels(
          this.#frontend,
          this.#responses,
          this.#windows,
          this.#geometry,
          this.#grid,
          this.#tolerance,
        )
      : everyEnergy(this.#geometry)
  }
}
