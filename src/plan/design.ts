import {
  channelTaps,
  channelWindows,
  compressionOf,
  type FrontendDescription,
  type Geometry,
} from '../frontend/index.ts'
import { type BlockGrid, blockGrid } from './grid.ts'
import { type LaneGroup, packLanes, type Sampling } from './groups.ts'
import { knownAfter, nodeCount, poolingWeights } from './pooling-weights.ts'
import { type FilterResponse, filterResponse } from './response.ts'
import { finish, type Steps } from './steps.ts'
import { largestStride } from './stride.ts'

/** Amplitude of the tones the accuracy is meant for: half scale. */
const TONE = 0.5
/** Share of the amplitude that just reaches the floor below which a bin of a filter is dropped. */
const DROPPED = 3e-3
/** Stands in for the floor where there is none, as a share of a half-scale tone's energy. */
const NO_FLOOR = 1e-7

/** How a time-domain frontend is computed: responses, strides and lanes, before anything is laid out for the kernel. */
export interface Design {
  readonly geometry: Geometry
  readonly grid: BlockGrid
  /** One per channel. */
  readonly responses: readonly FilterResponse[]
  /** Pooling window of each channel. */
  readonly windows: readonly Float64Array[]
  /** Samples between the energies of each channel. */
  readonly strides: readonly number[]
  readonly lanes: readonly LaneGroup[]
}

const designs = new WeakMap<FrontendDescription, Design>()

/** Chooses each filter's kept bins and stride and packs the filters into lanes; once for each description. */
export function designSubbands(frontend: FrontendDescription, geometry: Geometry): Design {
  return finish(designSteps(frontend, geometry))
}

/** The same, a filter at each step. */
export function* designSteps(frontend: FrontendDescription, geometry: Geometry): Steps<Design> {
  const known = designs.get(frontend)
  if (known) return known
  const { real, imaginary } = channelTaps(frontend, geometry)!
  const windows = channelWindows(frontend, geometry)!
  const grid = blockGrid(geometry)
  const least = windows.map((window) => leastAmplitude(frontend, window))
  const responses: FilterResponse[] = []
  const strides: number[] = []
  for (const [channel, amplitude] of least.entries()) {
    yield
    const response = filterResponse(
      real[channel],
      imaginary[channel],
      geometry,
      grid.size,
      amplitude * DROPPED,
    )
    yield
    responses.push(response)
    strides.push(largestStride(response, windows[channel], grid, amplitude))
  }
  yield
  const design = packed({ geometry, grid, responses, windows, strides })
  designs.set(frontend, design)
  return design
}

/** The design with every stride at most half as long: windows cut off by a signal's end need finer ones. */
export function halveStrides({ grid, strides, ...rest }: Design): Design {
  const finer = strides.map((stride) => grid.strides.findLast((shorter) => shorter <= stride / 2) ?? 1)
  return packed({ grid, ...rest, strides: finer })
}

function packed(design: Omit<Design, 'lanes'>): Design {
  const { grid, responses, strides } = design
  const samplings: Sampling[] = responses.map((response, channel) => ({
    channel,
    stride: strides[channel],
    twoSided: knownAfter(response, grid, strides[channel]) > 0,
    firstBin: response.firstBin,
    bins: response.re.length,
  }))
  return { ...design, lanes: packLanes(samplings, grid.size, grid.strides) }
}

/** Amplitude response at which a half-scale tone just reaches the energy floor. */
function leastAmplitude(frontend: FrontendDescription, window: Float64Array): number {
  const { compression, energyFloor } = frontend
  const toneEnergy = ((TONE * TONE) / 4) * window.reduce((total, weight) => total + Math.abs(weight), 0)
  const floor = energyFloor || compressionOf(compression).leastEnergy(compression) || NO_FLOOR * toneEnergy
  return Math.sqrt(floor / toneEnergy)
}

/** Samples behind the window's last on which the group's last node stands. */
export function groupAfter(group: LaneGroup, { responses, grid }: Design): number {
  return Math.min(
    ...group.members.map(({ channel }) => knownAfter(responses[channel], grid, group.stride / group.phases)),
  )
}

/** Sampled energies of a lane that a frame of the group needs. */
export function groupNodes(group: LaneGroup, design: Design): number {
  const own = group.stride / group.phases
  return Math.ceil(nodeCount(design.geometry.windowLength, own, groupAfter(group, design)) / group.phases)
}

/**
 * The group's pooling weights for a frame whose window holds signal from sample `first` to before sample `last` only.
 *
 * @returns nodes × 4, in the order of time.
 */
export function groupWeights(group: LaneGroup, design: Design, first: number, last: number): Float32Array {
  const nodes = groupNodes(group, design)
  const after = groupAfter(group, design)
  const weights = new Float32Array(nodes * 4)
  group.members.forEach(({ channel }, member) => {
    const window = design.windows[channel].map((weight, k) => (k >= first && k < last ? weight : 0))
    const own = group.stride / group.phases
    const sampled = poolingWeights(window, design.responses[channel], own, after)
    for (let fromEnd = 0; fromEnd < sampled.length; fromEnd++) {
      const lane = member * group.phases + (fromEnd % group.phases)
      const node = nodes - 1 - Math.floor(fromEnd / group.phases)
      weights[node * 4 + lane] = sampled[sampled.length - 1 - fromEnd]
    }
  })
  return weights
}
