import { type FrontendDescription, filterbanks, geometryOf } from '../frontend/index.ts'
import { type CompressionPlan, compressionPlan } from './compression.ts'
import { type MelPlan, melPlan } from './melspectrum.ts'
import { type SubbandPlan, subbandPlan } from './subbands.ts'

export type { CompressionPlan } from './compression.ts'
export type { FourierStages, SpectrumPlan } from './fourier.ts'
export type { MelPlan } from './melspectrum.ts'
export { designResampler, type ResamplerPlan } from './resampler.ts'
export { type EdgePlan, edgePlan, type SubbandGroup, type SubbandPlan } from './subbands.ts'

/**
 * A frontend compiled for the kernel: numbers and typed arrays only, so that it can be posted to the audio thread.
 * The engine knows plans, not frontends.
 */
export interface Plan {
  /** What was compiled. */
  readonly frontend: FrontendDescription
  /** Hz, the rate the frontend works at. */
  readonly sampleRate: number
  /** Samples between frames. */
  readonly hop: number
  readonly channels: number
  /** Sample on which frame 0 is centred; frame i is centred `i · hop` later. */
  readonly frameCenter: number
  readonly analysis: SubbandPlan | MelPlan
  readonly compression: CompressionPlan
}

/** Compiles a frontend; some tens of milliseconds, for the main thread, a worker or Node. */
export function compilePlan(frontend: FrontendDescription): Plan {
  const geometry = geometryOf(frontend)
  const { filterbank, sampleRate, channels } = frontend
  const half = (geometry.windowLength - 1) / 2
  const inTime = filterbanks[filterbank.kind].domain === 'time'
  return {
    frontend,
    sampleRate,
    hop: geometry.hop,
    channels,
    frameCenter: inTime ? half - geometry.poolingLeft : half,
    analysis: filterbank.kind === 'mel' ? melPlan(filterbank, geometry) : subbandPlan(frontend, geometry),
    compression: compressionPlan(frontend),
  }
}
