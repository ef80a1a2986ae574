import { fourier } from './fourier.ts'
import type { BlockGrid } from './grid.ts'
import { knownAfter, poolingError, windowSpread } from './pooling-weights.ts'
import type { FilterResponse } from './response.ts'

/** Largest share of a pooled energy by which two tones may beat into it through the sampling. */
const LARGEST_ALIAS = 1e-4
/**
 * Largest standard error of a pooled energy for white noise, as a share of its mean: so small for the sake of sounds
 * that begin at a window's end, which err far more than noise does.
 */
const LARGEST_ERROR = 2.5e-7
/** A pooling window lets beats through up to where its spectrum has fallen to this share. */
const POOLED_BEAT = 1e-2

/**
 * The largest stride at which a filter's energies can be sampled before pooling: the energies' beats must not alias
 * onto beats that the pooling window lets through, judged pair of bins by pair of bins against the energy that is
 * there anyway (the filter's own at the two bins, or `leastAmplitude`, the amplitude response of a tone that just
 * reaches the energy floor).
 */
export function largestStride(
  response: FilterResponse,
  window: Float64Array,
  grid: BlockGrid,
  leastAmplitude: number,
): number {
  const power = response.re.map((value, b) => value * value + response.im[b] * response.im[b])
  const passed = beatsPassed(window, grid.size)
  const spread = windowSpread(window, response)
  for (let i = grid.strides.length - 1; i > 0; i--) {
    const stride = grid.strides[i]
    if (aliases(power, stride, grid.size, passed, leastAmplitude * leastAmplitude)) continue
    const after = knownAfter(response, grid, stride)
    if (poolingError(window, response, stride, after, spread) <= LARGEST_ERROR) return stride
  }
  return 1
}

/** Bins from 0 to where the pooling window's spectrum stays below `POOLED_BEAT` of its value at 0. */
function beatsPassed(window: Float64Array, size: number): number {
  const padded = new Float64Array(size)
  window.forEach((weight, k) => {
    padded[k % size] += weight
  })
  const { re, im } = fourier(padded, new Float64Array(size), -1)
  for (let b = size / 2; b > 0; b--) {
    if (Math.sqrt(re[b] * re[b] + im[b] * im[b]) > POOLED_BEAT * re[0]) return b + 1
  }
  return 1
}

/** Whether any two bins beat into a pooled energy by more than `LARGEST_ALIAS` of it. */
function aliases(power: Float64Array, stride: number, size: number, passed: number, least: number): boolean {
  const period = size / stride
  const around = Math.min(passed, Math.floor(period / 2))
  const limit = (LARGEST_ALIAS * LARGEST_ALIAS) / 4
  for (let center = period; center < size; center += period) {
    const last = Math.min(center + around, size - around, power.length - 1)
    for (let distance = center - around; distance <= last; distance++) {
      for (let b = 0; b + distance < power.length; b++) {
        // 2 √(p q) > share · max(p + q, least), without the root.
        const energy = Math.max(power[b] + power[b + distance], least)
        if (power[b] * power[b + distance] > limit * energy * energy) return true
      }
    }
  }
  return false
}
