/** Samples on each side that a value is interpolated from. */
const REACH = 256

/** A sound at a multiple of its rate, by a sinc under a long Hann window: what is below half its rate stays as it is. */
export function upsampled(samples: Float32Array, factor: number): Float32Array {
  const result = new Float32Array(samples.length * factor)
  for (let n = 0; n < result.length; n++) {
    const time = n / factor
    const last = Math.min(samples.length - 1, Math.floor(time) + REACH)
    let sum = 0
    for (let k = Math.max(0, Math.ceil(time) - REACH); k <= last; k++)
      sum += samples[k] * windowedSinc(time - k)
    result[n] = sum
  }
  return result
}

function windowedSinc(t: number): number {
  if (t === 0) return 1
  return (Math.sin(Math.PI * t) / (Math.PI * t)) * (0.5 + 0.5 * Math.cos((Math.PI * t) / (REACH + 1)))
}
