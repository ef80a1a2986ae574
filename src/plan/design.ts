import {
  channelTaps,
  channelWindows,
  type FrontendDescription,
  filterLeft,
  type Geometry,
} from '../frontend/index.ts'
import {
  type FilterResponse,
  filterResponse,
  filterSpectrum,
  lastNode,
  leastAmplitude,
  live,
  type NodeGrid,
  type Nodes,
  nodesOver,
  nodeWeights,
  type Range,
  sampleAt,
  sampleSparsely,
  strongestAbove,
  type Tolerance,
} from '../sampling/index.ts'
import { mostNodes, requireSolvable } from './compile-cost.ts'
import { type BlockGrid, blockGrid } from './grid.ts'
import { type LaneGroup, packLanes, type Sampling } from './groups.ts'
import type { Steps } from './steps.ts'

/** How a time-domain frontend is computed: responses, strides and lanes, before anything is laid out for the kernel. */
export interface Design {
  readonly geometry: Geometry
  readonly grid: BlockGrid
  readonly tolerance: Tolerance
  /** One per channel. */
  readonly responses: readonly FilterResponse[]
  /** Pooling window of each channel. */
  readonly windows: readonly Float64Array[]
  /** Samples between the energies of each channel. */
  readonly strides: readonly number[]
  readonly lanes: readonly LaneGroup[]
}

const designs = new WeakMap<FrontendDescription, Design>()

/** The live design of a frontend, made once for each description. */
export function* liveDesign(frontend: FrontendDescription, geometry: Geometry): Steps<Design> {
  const design = designs.get(frontend) ?? (yield* designSteps(frontend, geometry, live))
  designs.set(frontend, design)
  return design
}

/**
 * Chooses each filter's kept bins and stride and packs the filters into lanes, a filter at each step.
 * @throws LeafError `description` where compiling would take too long or too much
 */
export function* designSteps(
  frontend: FrontendDescription,
  geometry: Geometry,
  tolerance: Tolerance,
): Steps<Design> {
  const grid = blockGrid(geometry)
  // Nothing is built for one that is too large at its longest strides.
  requireSolvable(geometry, new Array(geometry.channels).fill(grid.strides.at(-1)))
  const { real, imaginary } = channelTaps(frontend, geometry)!
  const windows = channelWindows(frontend, geometry)!
  const least = windows.map((window) => leastAmplitude(frontend, window))
  const responses: FilterResponse[] = []
  const strides: number[] = []
  for (const [channel, amplitude] of least.entries()) {
    yield
    const filter = { real: real[channel], imaginary: imaginary[channel], left: filterLeft(geometry) }
    const spectrum = strongestAbove(filterSpectrum(filter, grid.size))
    const response = filterResponse(filter, spectrum, amplitude * tolerance.dropped)
    yield
    const { nodes } = sampleSparsely(
      response,
      windows[channel],
      grid.strides,
      nodeGrid(response, windows[channel], grid),
      amplitude,
      tolerance,
      mostNodes(geometry.channels),
    )
    responses.push(response)
    strides.push(nodes.stride)
    requireSolvable(geometry, strides)
  }
  yield
  return packed({ geometry, grid, tolerance, responses, windows, strides })
}

/** The design with every stride at most half as long: windows cut off by a signal's end need finer ones. */
export function halveStrides(design: Omit<Design, 'lanes'>): Design {
  const { grid, strides, geometry } = design
  const finer = strides.map((stride) => {
    const half = grid.strides.findLast((shorter) => shorter <= stride / 2) ?? 1
    return geometry.windowLength / half > mostNodes(geometry.channels) ? 1 : half
  })
  return packed({ ...design, strides: finer })
}

function packed(design: Omit<Design, 'lanes'>): Design {
  const { grid, responses, strides } = design
  const samplings: Sampling[] = responses.map((response, channel) => ({
    channel,
    stride: strides[channel],
    twoSided: nodesBehind(design, channel, strides[channel]) > 0,
    firstBin: response.firstBin,
    bins: response.re.length,
  }))
  return { ...design, lanes: packLanes(samplings, grid.size, grid.strides) }
}

/** A node stands on the window's last tap; a filter shorter than the longest is known beyond when the frame is due. */
function nodeGrid(response: FilterResponse, window: Float64Array, grid: BlockGrid): NodeGrid {
  return { anchor: window.length - 1, known: grid.reach - response.reach }
}

/** Samples behind the window's last on which a channel's last node could stand. */
function nodesBehind(
  { responses, windows, grid, tolerance }: Omit<Design, 'lanes'>,
  channel: number,
  stride: number,
): number {
  const window = windows[channel]
  const nodes = nodesOver(window.length, stride, nodeGrid(responses[channel], window, grid), tolerance)
  return lastNode(nodes, window.length)
}

/** Samples behind the window's last on which the group's last node stands. */
export function groupAfter({ members, stride, phases }: LaneGroup, design: Design): number {
  return Math.min(...members.map(({ channel }) => nodesBehind(design, channel, stride / phases)))
}

/** The nodes of each of the group's filters, over all its phases. */
function ownNodes(group: LaneGroup, design: Design): Nodes {
  const { windowLength } = design.geometry
  const grid = { anchor: windowLength - 1, known: groupAfter(group, design) }
  return nodesOver(windowLength, group.stride / group.phases, grid, design.tolerance)
}

/** Sampled energies of a lane that a frame of the group needs. */
export function groupNodes(group: LaneGroup, design: Design): number {
  return Math.ceil(ownNodes(group, design).count / group.phases)
}

/**
 * The group's pooling weights for frames whose windows hold signal only in part, one filter at each step.
 *
 * @param ranges for each frame the part of its window.
 * @returns for each frame nodes × 4, in the order of time.
 */
export function* groupWeights(
  group: LaneGroup,
  design: Design,
  ranges: readonly Range[],
): Steps<Float32Array[]> {
  const own = ownNodes(group, design)
  const nodes = groupNodes(group, design)
  const frames = ranges.map(() => new Float32Array(nodes * 4))
  for (const [member, { channel }] of group.members.entries()) {
    yield
    const energy = sampleAt(own, design.responses[channel], design.tolerance)
    for (const [i, range] of ranges.entries()) {
      const sampled = nodeWeights(energy, design.windows[channel], range)
      for (let fromEnd = 0; fromEnd < own.count; fromEnd++) {
        const lane = member * group.phases + (fromEnd % group.phases)
        const node = nodes - 1 - Math.floor(fromEnd / group.phases)
        frames[i][node * 4 + lane] = sampled[own.count - 1 - fromEnd]
      }
    }
  }
  return frames
}
