import { designResampler } from '../../plan/index.ts'

/**
 * A whole clip at another rate, by the filter that also serves the live engine.
 *
 * @returns the clip itself when the rates are equal; else round(length * outputRate / inputRate) samples
 */
export function resample(clip: Float32Array, inputRate: number, outputRate: number): Float32Array {
  const plan = designResampler(inputRate, outputRate)
  if (plan === null) return clip
  const { phases, step, rows, taps, table } = plan
  const output = new Float32Array(Math.round((clip.length * outputRate) / inputRate))
  for (let n = 0; n < output.length; n++) {
    const position = (n * step) / phases
    const nearest = Math.floor(position)
    const row = Math.round((position - nearest) * rows) * taps
    const first = nearest - taps / 2 + 1
    let sum = 0
    for (let tap = Math.max(0, -first); tap < taps && first + tap < clip.length; tap++) {
      sum += table[row + tap] * clip[first + tap]
    }
    output[n] = sum
  }
  return output
}
