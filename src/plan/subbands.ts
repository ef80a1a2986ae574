import type { FrontendDescription, Geometry } from '../frontend/index.ts'
import { cos, sin } from '../frontend/index.ts'
import type { Range } from '../sampling/index.ts'
import { type Design, groupAfter, groupNodes, groupWeights, halveStrides, liveDesign } from './design.ts'
import {
  type FourierStages,
  fifthTwiddles,
  fourierStages,
  type SpectrumPlan,
  spectrumPlan,
} from './fourier.ts'
import type { BlockGrid } from './grid.ts'
import type { LaneGroup } from './groups.ts'
import { finish, type Steps } from './steps.ts'

/** Four filters of one stride, ready for the kernel. */
export interface SubbandGroup {
  readonly stride: number
  /** Positions in a fifth of a block: fifth / stride. */
  readonly points: number
  readonly firstBin: number
  readonly bins: number
  /** False: the spectra are real. */
  readonly complex: boolean
  /** bins × 4 (real) or bins × (4 real, 4 imaginary). */
  readonly spectra: Float32Array
  readonly stages: FourierStages
  /** Twiddles of the last butterfly: points × 4 × (cosine, sine). */
  readonly twiddles: Float32Array
  /** Channel of each lane; `channels` for a lane without one. */
  readonly channels: Int32Array
  /** Sampled energies of a lane that a frame needs. */
  readonly nodes: number
  /** nodes × 4 weights of a frame inside the signal. */
  readonly weights: Float32Array
}

/** Filtering, squared modulus and pooling of time-domain filters. */
export interface SubbandPlan {
  readonly kind: 'subbands'
  /** Last sample of frame 0's pooling window. */
  readonly windowEnd: number
  readonly grid: BlockGrid
  readonly spectrum: SpectrumPlan
  readonly groups: readonly SubbandGroup[]
  /** For each frame whose window begins before sample 0, each group's weights. */
  readonly startWeights: readonly (readonly Float32Array[])[]
}

/** Compiles filtering and pooling to sub-bands, a filter at each step. */
export function* subbandSteps(frontend: FrontendDescription, geometry: Geometry): Steps<SubbandPlan> {
  return yield* compileSteps(yield* liveDesign(frontend, geometry))
}

/** How the last frames of a clip are computed, whose windows the clip's end cuts off. */
export interface EdgePlan {
  readonly analysis: SubbandPlan
  /**
   * @param length of the clip, samples.
   * @returns for each frame from `firstFrame` to before `lastFrame`, each group's weights.
   */
  weights(length: number, firstFrame: number, lastFrame: number): Float32Array[][]
}

/** Compiles the analysis of a clip's last frames. */
export function edgePlan(frontend: FrontendDescription, geometry: Geometry): EdgePlan {
  // A cut window has a jump where it weighs most; half the stride makes up for that.
  const design = halveStrides(finish(liveDesign(frontend, geometry)))
  return {
    analysis: finish(compileSteps(design)),
    weights(length, firstFrame, lastFrame) {
      const ranges = Array.from({ length: lastFrame - firstFrame }, (_, i) => {
        const start = (firstFrame + i) * geometry.hop - geometry.poolingLeft
        return { first: Math.max(0, -start), last: Math.min(geometry.windowLength, length - start) }
      })
      return transposed(
        design.lanes.map((group) => finish(groupWeights(group, design, ranges))),
        ranges.length,
      )
    },
  }
}

/** Compiles a design for the kernel, a filter at each step. */
export function* compileSteps(design: Design): Steps<SubbandPlan> {
  const { geometry, grid, lanes } = design
  const { windowLength, poolingLeft, hop } = geometry
  const starts: Range[] = []
  for (let frame = 0; frame * hop < poolingLeft; frame++) {
    starts.push({ first: poolingLeft - frame * hop, last: windowLength })
  }
  const groups: SubbandGroup[] = []
  const startWeights: Float32Array[][] = []
  for (const group of lanes) {
    const whole = { first: 0, last: windowLength }
    const [weights, ...ofStarts] = yield* groupWeights(group, design, [whole, ...starts])
    groups.push(compileGroup(group, design, weights))
    startWeights.push(ofStarts)
  }
  return {
    kind: 'subbands',
    windowEnd: windowLength - 1 - poolingLeft,
    grid,
    spectrum: spectrumPlan(grid.size),
    groups,
    startWeights: transposed(startWeights, starts.length),
  }
}

/** Rows of `count` entries as columns. */
function transposed<Entry>(rows: readonly (readonly Entry[])[], count: number): Entry[][] {
  return Array.from({ length: count }, (_, i) => rows.map((row) => row[i]))
}

function compileGroup(group: LaneGroup, design: Design, weights: Float32Array): SubbandGroup {
  const { grid, responses, geometry } = design
  const slots = grid.size / group.stride
  const points = slots / 5
  const members = group.members.map(({ channel }) => ({ channel, response: responses[channel] }))
  const lowest = Math.min(...members.map(({ response }) => response.firstBin))
  const end = Math.max(...members.map(({ response }) => response.firstBin + response.re.length))
  const bins = Math.max(slots, end - lowest)
  // The spectrum is laid out from -size/2 to size.
  const firstBin = Math.min(lowest, grid.size - bins)
  const after = groupAfter(group, design)
  // Positions moved by a delay or an advance turn the spectra.
  const complex =
    after > 0 || group.phases > 1 || members.some(({ response }) => isComplex(response.re, response.im))
  const width = complex ? 8 : 4
  const spectra = new Float32Array(bins * width)
  const channels = new Int32Array(4).fill(geometry.channels)
  members.forEach(({ channel, response }, member) => {
    for (let phase = 0; phase < group.phases; phase++) {
      const lane = member * group.phases + phase
      channels[lane] = channel
      const delay = (phase * group.stride) / group.phases - after
      for (let i = 0; i < response.re.length; i++) {
        const at = (response.firstBin - firstBin + i) * width + lane
        const angle = (-2 * Math.PI * (response.firstBin + i) * delay) / grid.size
        spectra[at] = (response.re[i] * cos(angle) - response.im[i] * sin(angle)) / grid.size
        if (!complex) continue
        spectra[at + 4] = (response.re[i] * sin(angle) + response.im[i] * cos(angle)) / grid.size
      }
    }
  })
  return {
    stride: group.stride,
    points,
    firstBin,
    bins,
    complex,
    spectra,
    stages: fourierStages(points, 5),
    twiddles: fifthTwiddles(points),
    channels,
    nodes: groupNodes(group, design),
    weights,
  }
}

/** Symmetric filters have real spectra; what is left of the imaginary part is rounding. */
function isComplex(re: Float64Array, im: Float64Array): boolean {
  const largest = Math.max(...re.map(Math.abs))
  return im.some((value) => Math.abs(value) > 1e-12 * largest)
}
