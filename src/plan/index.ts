import {
  type FrontendDescription,
  filterbankOf,
  type Geometry,
  geometryOf,
  type Pooling,
  poolingOf,
  type Rectifier,
} from '../frontend/index.ts'
import { type CompressionPlan, compressionPlan } from './compression.ts'
import { type FullRatePlan, fullRateSteps } from './full-rate.ts'
import { type MelPlan, melPlan } from './melspectrum.ts'
import { finish, type Steps } from './steps.ts'
import { type SubbandPlan, subbandSteps } from './subbands.ts'

export type { CompressionPlan } from './compression.ts'
export { type FourierStages, fourierStages, type SpectrumPlan } from './fourier.ts'
export type { FullRatePlan } from './full-rate.ts'
export type { BlockGrid } from './grid.ts'
export { requireRealTime, requireRealTimePlan } from './load.ts'
export { type MelPlan, melPlan } from './melspectrum.ts'
export { resampleReference } from './resample-reference.ts'
export { designResampler, type ResamplerPlan } from './resampler.ts'
export type { Steps } from './steps.ts'
export { type EdgePlan, edgePlan, type SubbandGroup, type SubbandPlan } from './subbands.ts'

/** Frames of a hop's samples as they are. */
export interface SamplesPlan {
  readonly kind: 'samples'
}

/** From samples to energies: one of three ways, or none. */
export type AnalysisPlan = MelPlan | SubbandPlan | FullRatePlan | SamplesPlan

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
  readonly analysis: AnalysisPlan
  /** How the energies grow with the samples: 2 for squares, 1 for outputs as they are. */
  readonly degree: 1 | 2
  readonly compression: CompressionPlan
}

/**
 * Compiles a frontend at once; some tens of milliseconds, at most half a minute, for a worker or Node.
 * @throws LeafError `description` for one that would take longer, or too much memory
 */
export function compilePlan(frontend: FrontendDescription): Plan {
  return finish(planSteps(frontend))
}

/**
 * The same in steps of a few milliseconds, for a thread that has more to do; where thousands of nodes share a window, in
 * the longest legal ones, a step is a whole system of equations of that size.
 */
export function* planSteps(frontend: FrontendDescription): Steps<Plan> {
  const geometry = geometryOf(frontend)
  const { filterbank, rectifier, sampleRate, channels } = frontend
  return {
    frontend,
    sampleRate,
    hop: geometry.hop,
    channels,
    frameCenter: frameCenter(filterbankOf(filterbank).domain, geometry),
    analysis: yield* analysisSteps(frontend, geometry),
    degree: rectifier === 'squared-modulus' ? 2 : 1,
    compression: compressionPlan(frontend),
  }
}

function frameCenter(domain: 'time' | 'frequency' | 'samples', geometry: Geometry): number {
  const { windowLength, hop, poolingLeft } = geometry
  if (domain === 'samples') return (hop - 1) / 2
  const half = (windowLength - 1) / 2
  return domain === 'time' ? half - poolingLeft : half
}

/** Steps that `planSteps` makes: two for each filter's stride and one for its weights, or one for four filters. */
export function stepCount({ channels, filterbank, rectifier, pooling }: FrontendDescription): number {
  if (filterbankOf(filterbank).domain !== 'time') return 0
  return isSparse(rectifier, pooling) ? 3 * channels + 1 : Math.ceil(channels / 4)
}

/** Energies of band-passes pooled by a window can be sampled sparsely; anything else is computed at every sample. */
function* analysisSteps(frontend: FrontendDescription, geometry: Geometry): Steps<AnalysisPlan> {
  const { filterbank, rectifier, pooling } = frontend
  const family = filterbankOf(filterbank)
  if (family.domain === 'frequency') return melPlan(family, frontend, geometry)
  if (family.domain === 'samples') return { kind: 'samples' }
  return yield* isSparse(rectifier, pooling)
    ? subbandSteps(frontend, geometry)
    : fullRateSteps(frontend, geometry)
}

function isSparse(rectifier: Rectifier, pooling: Pooling): boolean {
  return rectifier === 'squared-modulus' && poolingOf(pooling).method === 'window'
}
