import { correlate } from '../correlate.ts'
import type { FrontendDescription } from '../description.ts'
import type { Filterbank, TapFamily } from '../filterbank/index.ts'
import { filterLeft, frameCount, type Geometry } from '../geometry.ts'
import { type Pooling, poolingOf } from '../pooling/index.ts'
import { rectify } from '../rectifier.ts'
import type { Features } from './features.ts'

/** Pools, for each frame, the rectified outputs of each filter. @returns frames × channels. */
export function filteredEnergies(
  family: TapFamily<Filterbank>,
  { filterbank, rectifier, pooling }: FrontendDescription,
  geometry: Geometry,
  signal: ArrayLike<number>,
): Features {
  const { channels } = geometry
  const { real, imaginary } = family.impulseResponses(filterbank, geometry)
  const frames = frameCount(geometry, signal.length)
  const values = new Float64Array(frames * channels)
  const pool = poolOf(pooling, geometry)
  const left = filterLeft(geometry)
  for (let n = 0; n < channels; n++) {
    const rectified = correlate(signal, real[n], left, signal.length)
    const im = family.complex ? correlate(signal, imaginary[n], left, signal.length) : null
    rectified.forEach((re, t) => (rectified[t] = rectify(rectifier, re, im ? im[t] : 0)))
    for (let i = 0; i < frames; i++) values[i * channels + n] = pool(rectified, i, n)
  }
  return { frames, channels, values }
}

/** How the rectified outputs of filter n become the value of frame i, its window beginning at i·hop - poolingLeft. */
function poolOf(pooling: Pooling, geometry: Geometry) {
  const { hop, poolingLeft, windowLength } = geometry
  const first = (frame: number) => Math.max(0, frame * hop - poolingLeft)
  const end = (frame: number) => frame * hop - poolingLeft + windowLength
  const family = poolingOf(pooling)
  if (family.method === 'maximum') {
    return (rectified: Float64Array, i: number) =>
      rectified.subarray(first(i), end(i)).reduce((largest, value) => Math.max(largest, value))
  }
  // A description is refused when a time-domain filterbank has no pooling.
  if (family.method === 'none') throw new Error('No pooling.')
  const windows = family.windows(pooling, geometry)
  const bias = family.bias?.(pooling)
  /** z[i] = bias + Σ_k w(k) e(i·hop - poolingLeft + k), values outside the signal being zero. */
  return (rectified: Float64Array, i: number, n: number) => {
    let sum = bias?.[n] ?? 0
    const start = i * hop - poolingLeft
    for (let t = first(i); t < end(i) && t < rectified.length; t++)
      sum += windows[n][t - start] * rectified[t]
    return sum
  }
}
