import { filterbanks, type TapFamily, type TapFilterbank } from '../filterbank/index.ts'
import { filterLeft, frameCount, type Geometry } from '../geometry.ts'
import { type MaxPooling, poolings, type WeightedPooling, type WindowPooling } from '../pooling/index.ts'
import { type Rectifier, rectify } from '../rectifier.ts'
import type { Features } from './features.ts'

/** What happens to the waveform before the floor. */
interface Filtering {
  readonly filterbank: TapFilterbank
  readonly rectifier: Rectifier
  readonly pooling: WeightedPooling | MaxPooling
}

/** Pools, for each frame, the rectified outputs of each filter. @returns frames × channels. */
export function filteredEnergies(
  { filterbank, rectifier, pooling }: Filtering,
  geometry: Geometry,
  signal: ArrayLike<number>,
): Features {
  const { channels } = geometry
  const frames = frameCount(geometry, signal.length)
  const family: TapFamily<TapFilterbank> = filterbanks[filterbank.kind]
  const { real, imaginary } = family.impulseResponses(filterbank, geometry)
  const values = new Float64Array(frames * channels)
  const pool = poolOf(pooling, geometry)
  for (let n = 0; n < channels; n++) {
    const rectified = rectifiedOutput(signal, real[n], imaginary[n], rectifier, filterLeft(geometry))
    for (let i = 0; i < frames; i++) values[i * channels + n] = pool(rectified, i, n)
  }
  return { frames, channels, values }
}

/** How the rectified outputs of filter n become the value of frame i, its window beginning at i·hop - poolingLeft. */
function poolOf(pooling: WeightedPooling | MaxPooling, { hop, poolingLeft, ...geometry }: Geometry) {
  const { windowLength } = geometry
  const first = (frame: number) => Math.max(0, frame * hop - poolingLeft)
  const end = (frame: number) => frame * hop - poolingLeft + windowLength
  if (pooling.kind === 'max') {
    return (rectified: Float64Array, i: number) =>
      rectified.subarray(first(i), end(i)).reduce((largest, value) => Math.max(largest, value))
  }
  const family: WindowPooling<WeightedPooling> = poolings[pooling.kind]
  const windows = family.windows(pooling, { hop, poolingLeft, ...geometry })
  const bias = pooling.kind === 'gaussian' ? pooling.bias : undefined
  /** z[i] = bias + Σ_k w(k) e(i·hop - poolingLeft + k), values outside the signal being zero. */
  return (rectified: Float64Array, i: number, n: number) => {
    let sum = bias?.[n] ?? 0
    const start = i * hop - poolingLeft
    for (let t = first(i); t < end(i) && t < rectified.length; t++)
      sum += windows[n][t - start] * rectified[t]
    return sum
  }
}

/** Σ_j x[t - left + j] (real[j] + i·imaginary[j]), rectified, at every sample t of the signal, zeros around it. */
function rectifiedOutput(
  signal: ArrayLike<number>,
  real: Float64Array,
  imaginary: Float64Array,
  rectifier: Rectifier,
  left: number,
): Float64Array {
  const taps = real.length
  const padded = new Float64Array(signal.length + taps)
  padded.set(signal, left)
  const rectified = new Float64Array(signal.length)
  for (let t = 0; t < rectified.length; t++) {
    let re = 0
    let im = 0
    for (let j = 0; j < taps; j++) {
      const x = padded[t + j]
      re += x * real[j]
      im += x * imaginary[j]
    }
    rectified[t] = rectify(rectifier, re, im)
  }
  return rectified
}
