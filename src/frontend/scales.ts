import { exp, log } from './elementary.ts'

/** Hz → mel, HTK's formula as TensorFlow has it. */
export function hertzToMel(frequency: number): number {
  return 1127 * log(1 + frequency / 700)
}

/** Mel → Hz, inverse of `hertzToMel`. */
export function melToHertz(mel: number): number {
  return 700 * (exp(mel / 1127) - 1)
}

/** Equivalent rectangular bandwidth of the ear's filter at a frequency, both in Hz (Glasberg and Moore 1990). */
export function equivalentRectangularBandwidth(frequency: number): number {
  return 24.7 + 0.108 * frequency
}

/**
 * Triangular mel filters over the bins of a power spectrum, triangles linear in mel, peak at most 1,
 * bin 0 left out (`tf.signal.linear_to_mel_weight_matrix`).
 *
 * @returns one row per channel, `fftSize / 2 + 1` weights each.
 */
export function melMatrix(
  channels: number,
  fftSize: number,
  sampleRate: number,
  lowest: number,
  highest: number,
): Float64Array[] {
  const low = hertzToMel(lowest)
  const step = (hertzToMel(highest) - low) / (channels + 1)
  const bins = fftSize / 2 + 1
  return Array.from({ length: channels }, (_, channel) => {
    const row = new Float64Array(bins)
    const left = low + channel * step
    const center = left + step
    const right = center + step
    for (let bin = 1; bin < bins; bin++) {
      const mel = hertzToMel((bin * sampleRate) / fftSize)
      row[bin] = Math.max(0, Math.min((mel - left) / (center - left), (right - mel) / (right - center)))
    }
    return row
  })
}
