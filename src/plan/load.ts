import { LeafError } from '../error.ts'
import {
  type FrontendDescription,
  filterbankOf,
  type Geometry,
  geometryOf,
  poolingOf,
} from '../frontend/index.ts'
import { blockGrid } from './grid.ts'
import { filteringCost } from './groups.ts'
import type { AnalysisPlan, Plan } from './index.ts'

/** Vector instructions of the kernel a second, on one core of a notebook: `npm run sampling` prints how many. */
const INSTRUCTIONS_PER_SECOND = 4e9
/** A point of the real spectrum, in float64, for each doubling: half of what a complex one of four lanes takes. */
const SPECTRUM = 2.5
/** A point of it that is packed, unpacked and stored as float32. */
const UNPACK = 10
/** A pooled energy of four lanes: two loads, product, sum; and its share of moving those that are kept, for two frames. */
const POOL = 5
/** A sample that is copied, four at once. */
const COPY = 1 / 4
/** A weight of a mel filter. */
const WEIGH = 1

/** @throws LeafError `description` where a frontend cannot keep up with its sound, however it is compiled: at once. */
export function requireRealTime(frontend: FrontendDescription): void {
  judge(leastLoad(frontend), 'at least ')
}

/** @throws LeafError `description` where the audio thread cannot keep up with a plan. */
export function requireRealTimePlan(plan: Plan): void {
  judge(planLoad(plan), '')
}

function judge(load: number, bound: string): void {
  if (load <= 1) return
  throw new LeafError(
    'description',
    `This frontend cannot run live: a second of sound takes ${bound}${load.toPrecision(2)} s of one core to compute.`,
    'Use fewer channels, a shorter window or a longer hop.',
  )
}

/** Seconds of one core that a second of sound takes at least, told from a checked description alone. */
export function leastLoad(frontend: FrontendDescription): number {
  const geometry = geometryOf(frontend)
  return share(leastInstructions(frontend, geometry), geometry.hop, geometry.sampleRate)
}

/** Seconds of one core that a second of sound takes. */
export function planLoad({ analysis, hop, sampleRate }: Plan): number {
  return share(instructionsOf(analysis, hop), hop, sampleRate)
}

/** @param instructions of a frame */
function share(instructions: number, hop: number, sampleRate: number): number {
  return (instructions * sampleRate) / hop / INSTRUCTIONS_PER_SECOND
}

function leastInstructions(frontend: FrontendDescription, geometry: Geometry): number {
  const { filterbank, rectifier, pooling } = frontend
  const { windowLength, channels } = geometry
  const family = filterbankOf(filterbank)
  if (family.domain === 'frequency') return spectrumCost(family.fftSize(filterbank, geometry))
  if (family.domain === 'samples') return COPY * geometry.hop
  const { size, strides } = blockGrid(geometry)
  const isSparse = rectifier === 'squared-modulus' && poolingOf(pooling).method === 'window'
  const stride = isSparse ? strides[strides.length - 1] : rectifier === 'squared-modulus' ? 1 : 2
  const slots = size / stride
  const nodes = poolingOf(pooling).method !== 'window' ? 0 : windowLength / (isSparse ? stride : 1)
  return (
    (spectrumCost(size) +
      Math.ceil(channels / 4) *
        (filteringCost(isSparse ? slots : size, slots, !isSparse) + 2 * nodes * POOL)) /
    2
  )
}

/** Vector instructions of a frame. */
function instructionsOf(analysis: AnalysisPlan, hop: number): number {
  if (analysis.kind === 'mel') return spectrumCost(analysis.spectrum.size) + analysis.weights.length * WEIGH
  if (analysis.kind === 'samples') return COPY * hop
  const { size } = analysis.grid
  let block = spectrumCost(size)
  if (analysis.kind === 'subbands') {
    for (const { bins, points, complex, nodes } of analysis.groups)
      block += filteringCost(bins, points * 5, complex) + 2 * nodes * POOL
  } else {
    const pooled = analysis.maximum ? hop : analysis.windowLength
    block += analysis.groups.length * (filteringCost(size, analysis.points * 5, true) + 2 * pooled * POOL)
  }
  return block / 2
}

function spectrumCost(size: number): number {
  return size * ((31 - Math.clz32(size)) * SPECTRUM + UNPACK)
}
