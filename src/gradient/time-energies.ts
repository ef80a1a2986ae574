import type { MemoryLayout } from '../../worklet/index.ts'
import {
  type FrontendDescription,
  filterbanks,
  type Geometry,
  geometryOf,
  type ImpulseResponses,
  type Pooling,
  poolings,
  type TapFamily,
  type TapFilterbank,
  type WeightedPooling,
  type WindowPooling,
} from '../frontend/index.ts'
import { learning, type Tolerance } from '../sampling/index.ts'
import { ClipFilters } from './clip-filters.ts'
import type { Energies } from './energies.ts'
import { type ClipGrid, clipGrid } from './grid.ts'
import type { GradientKernel } from './kernel.ts'
import { type ChannelSampling, everyEnergy, keptSampling, sampleChannels, withSpareBins } from './sampling.ts'

/** Updates after which bins and strides are chosen anew; at each one parameters move only a little. */
const RESAMPLED = 32

/** A frontend whose filterbank works on the waveform. */
export type TimeFrontend = FrontendDescription & { readonly filterbank: TapFilterbank }

/** Filters in time, rectifier and pooling of whole sounds, and the gradient of their parameters. */
export class TimeEnergies implements Energies {
  readonly frames: number
  readonly #kernel: GradientKernel
  readonly #geometry: Geometry
  readonly #grid: ClipGrid
  #frontend: TimeFrontend
  #responses: ImpulseResponses
  #windows: readonly Float64Array[]
  #samplings: readonly ChannelSampling[]
  readonly #tolerance: Tolerance
  #updates = 0
  #filters: ClipFilters | null = null

  /** @param samples of the longest sound. */
  constructor(kernel: GradientKernel, frontend: TimeFrontend, samples: number, tolerance = learning) {
    this.#kernel = kernel
    this.#geometry = geometryOf(frontend)
    this.#grid = clipGrid(this.#geometry, samples)
    this.frames = this.#grid.frames
    this.#tolerance = tolerance
    this.#frontend = frontend
    this.#responses = responsesOf(frontend, this.#geometry)
    this.#windows = windowsOf(frontend.pooling, this.#geometry)
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

  update(frontend: TimeFrontend, anew: boolean): boolean {
    this.#frontend = frontend
    this.#responses = responsesOf(frontend, this.#geometry)
    this.#windows = windowsOf(frontend.pooling, this.#geometry)
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
    return {
      filterbank: familyOf(filterbank).gradient(filterbank, this.#filters!.tapGradients(), this.#geometry),
      pooling: isWeighted(pooling)
        ? windowFamilyOf(pooling).gradient(
            pooling,
            this.#filters!.windowGradients(),
            energySums,
            this.#geometry,
          )
        : [],
    }
  }

  #sample(): ChannelSampling[] {
    const { rectifier, pooling, compression } = this.#frontend
    // What another rectifier makes of a wave has no narrow band.
    return rectifier === 'squared-modulus' && isWeighted(pooling) && compression.kind === 'pcen'
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

function familyOf(filterbank: TapFilterbank): TapFamily<TapFilterbank> {
  return filterbanks[filterbank.kind] as TapFamily<TapFilterbank>
}

function windowFamilyOf(pooling: WeightedPooling): WindowPooling<WeightedPooling> {
  return poolings[pooling.kind] as WindowPooling<WeightedPooling>
}

function isWeighted(pooling: Pooling): pooling is WeightedPooling {
  return pooling.kind === 'gaussian' || pooling.kind === 'taps'
}

function responsesOf({ filterbank }: TimeFrontend, geometry: Geometry): ImpulseResponses {
  return familyOf(filterbank).impulseResponses(filterbank, geometry)
}

function windowsOf(pooling: Pooling, geometry: Geometry): readonly Float64Array[] {
  return isWeighted(pooling) ? windowFamilyOf(pooling).windows(pooling, geometry) : []
}
