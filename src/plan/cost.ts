import {
  type FrontendDescription,
  filterbankOf,
  geometryOf,
  poolingOf,
  radicesOf,
} from '../frontend/index.ts'
import { blockGrid } from './grid.ts'

/** What compiling a frontend takes at most. */
export interface CompileCost {
  /** Multiply-adds in float64: some 10⁹ of them a second. */
  readonly operations: number
  /** Numbers of the plan, float32. */
  readonly floats: number
}

/** Transforms for each filter: its spectrum, two for the covariance, the window's. */
const TRANSFORMS = 4

/**
 * The most that compiling a frontend can take, from its sizes alone, in microseconds: for refusing what would hold a
 * thread for minutes or not fit its memory. What sampling takes grows with the cube of the nodes at the finest stride
 * above 1 that a filter comes down to; most stop long before, and take a tenth of this.
 */
export function compileCost(frontend: FrontendDescription): CompileCost {
  const geometry = geometryOf(frontend)
  const { channels, windowLength, hop, poolingLeft } = geometry
  const { filterbank, rectifier, pooling } = frontend
  const family = filterbankOf(filterbank)
  if (family.domain === 'frequency') {
    const operations = channels * family.fftSize(filterbank)
    return { operations, floats: operations }
  }
  const { size, strides } = blockGrid(geometry)
  const transform = 4 * size * radicesOf(size).reduce((sum, radix) => sum + radix, 0)
  if (rectifier !== 'squared-modulus' || poolingOf(pooling).method !== 'window') {
    return { operations: channels * transform, floats: channels * (8 * size + windowLength) }
  }
  const frames = 1 + Math.ceil(poolingLeft / hop)
  const tried = strides.filter((stride) => stride > 1)
  const solved = tried.reduce((sum, stride) => sum + (windowLength / stride) ** 3 / 6, 0)
  // The variance of the window and its covariance with the nodes; the weights of the frames at a signal's start.
  const window = tried.length > 0 ? windowLength * size : 0
  const starts = frames * windowLength * windowLength
  return {
    operations: channels * (TRANSFORMS * transform + 2 * solved + window + starts),
    floats: channels * (8 * size + frames * windowLength),
  }
}
