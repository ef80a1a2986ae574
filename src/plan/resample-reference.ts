import { designLowPass, lowPassAt, resampledLength } from './resampler.ts'

/**
 * A whole signal at another rate, in float64 straight from the definition: output n is the low-passed signal at
 * input time n * inputRate / outputRate, silence outside it. Slow; the oracle of the streaming kernel.
 *
 * @param inputRate Hz
 * @param outputRate Hz
 * @returns the samples that lie within the signal
 */
export function resampleReference(
  signal: ArrayLike<number>,
  inputRate: number,
  outputRate: number,
): Float64Array {
  if (inputRate === outputRate) return Float64Array.from(signal)
  const lowPass = designLowPass(inputRate, outputRate)
  const { halfWidth } = lowPass
  return Float64Array.from({ length: resampledLength(signal.length, inputRate, outputRate) }, (_, n) => {
    const time = (n * inputRate) / outputRate
    const first = Math.max(0, Math.ceil(time - halfWidth))
    const end = Math.min(signal.length, time + halfWidth)
    let sum = 0
    for (let k = first; k < end; k++) sum += signal[k] * lowPassAt(lowPass, time - k)
    return sum
  })
}
