import {
  channelTaps,
  channelWindows,
  cos,
  type FrontendDescription,
  filterLeft,
  type Geometry,
  type ImpulseResponses,
  sin,
  slopeBelowZero,
} from '../frontend/index.ts'
import { filterSpectrum } from '../sampling/index.ts'
import {
  type FourierStages,
  fifthTwiddles,
  fourierStages,
  type SpectrumPlan,
  spectrumPlan,
} from './fourier.ts'
import { type BlockGrid, blockGrid } from './grid.ts'
import type { Steps } from './steps.ts'

/** Four filters, ready for the kernel. */
export interface FullRateGroup {
  /** size × (4 real, 4 imaginary). */
  readonly spectra: Float32Array
  /** Channel of each lane; `channels` for a lane without one. */
  readonly channels: Int32Array
  /** windowLength × 4 pooling weights; empty where the largest output is taken. */
  readonly weights: Float32Array
}

/** Filters of which every output counts, by overlap and save: rectifiers and poolings that allow no sparse sampling. */
export interface FullRatePlan {
  readonly kind: 'full-rate'
  /** Last sample of frame 0's pooling window. */
  readonly windowEnd: number
  readonly windowLength: number
  readonly grid: BlockGrid
  readonly spectrum: SpectrumPlan
  /** Positions in a fifth of a block: its samples, or half as many, since real outputs take two to a position. */
  readonly points: number
  readonly stages: FourierStages
  readonly twiddles: Float32Array
  /** Factor of the negative outputs of real filters, 0 of a plain ReLU, 1 for none; null for the squared modulus of complex ones. */
  readonly slope: number | null
  /** Whether the largest output of the window is taken instead of a weighted sum. */
  readonly maximum: boolean
  readonly groups: readonly FullRateGroup[]
}

/** Compiles filtering, rectifying and pooling at the full rate, four filters at each step. */
export function* fullRateSteps(frontend: FrontendDescription, geometry: Geometry): Steps<FullRatePlan> {
  const { windowLength, poolingLeft, channels } = geometry
  const grid = blockGrid(geometry)
  const windows = channelWindows(frontend, geometry)
  const taps = channelTaps(frontend, geometry)!
  const slope = slopeBelowZero(frontend.rectifier)
  const isReal = slope !== null
  const points = isReal ? grid.fifth / 2 : grid.fifth
  const groups: FullRateGroup[] = []
  for (let first = 0; first < channels; first += 4) {
    yield
    const members = Int32Array.from({ length: 4 }, (_, lane) => Math.min(first + lane, channels))
    groups.push({
      spectra: groupSpectra(members, taps, isReal, geometry, grid.size),
      channels: members,
      weights: groupWindows(members, windows ?? []),
    })
  }
  return {
    kind: 'full-rate',
    windowEnd: windowLength - 1 - poolingLeft,
    windowLength,
    grid,
    spectrum: spectrumPlan(grid.size),
    points,
    stages: fourierStages(points, 5),
    twiddles: fifthTwiddles(points),
    slope,
    maximum: windows === null,
    groups,
  }
}

function groupWindows(members: Int32Array, windows: readonly Float64Array[]): Float32Array {
  const weights = new Float32Array((windows[0]?.length ?? 0) * 4)
  members.forEach((channel, lane) => {
    windows[channel]?.forEach((weight, k) => {
      weights[k * 4 + lane] = weight
    })
  })
  return weights
}

function groupSpectra(
  members: Int32Array,
  { real, imaginary }: ImpulseResponses,
  isReal: boolean,
  geometry: Geometry,
  size: number,
): Float32Array {
  const spectra = new Float32Array(size * 8)
  const none = new Float64Array(geometry.windowLength)
  members.forEach((channel, lane) => {
    if (channel === geometry.channels) return
    const taps = { real: real[channel], imaginary: isReal ? none : imaginary[channel] }
    const { re, im } = filterSpectrum({ ...taps, left: filterLeft(geometry) }, size)
    for (let b = 0; b < size; b++) {
      const factor = isReal ? neighbours(b / size) : { re: 1, im: 0 }
      spectra[b * 8 + lane] = (re[b] * factor.re - im[b] * factor.im) / size
      spectra[b * 8 + 4 + lane] = (re[b] * factor.im + im[b] * factor.re) / size
    }
  })
  return spectra
}

/** e^{-2πi f} + i: an output's real part is then that of the sample before, its imaginary part its own. */
function neighbours(frequency: number): { re: number; im: number } {
  const angle = 2 * Math.PI * frequency
  return { re: cos(angle), im: 1 - sin(angle) }
}
