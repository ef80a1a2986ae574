import type { Random } from '../random/index.ts'

/** Highest root mean square over any quarter of a second: what a listener takes for the level of a short sound. */
export function loudness(sound: Float32Array, sampleRate: number, from = 0, to = sound.length): number {
  const length = Math.min(Math.round(sampleRate / 4), to - from)
  let energy = 0
  let most = 0
  for (let i = from; i < to; i++) {
    energy += sound[i] * sound[i]
    if (i >= from + length) energy -= sound[i - length] * sound[i - length]
    if (energy > most) most = energy
  }
  return Math.sqrt(most / Math.max(length, 1))
}

export const decibels = (value: number) => 10 ** (value / 20)

/** Second-order filter, coefficients divided by a0: y = b0 x + b1 x' + b2 x'' - a1 y' - a2 y''. */
export type Biquad = readonly [b0: number, b1: number, b2: number, a1: number, a2: number]

/** Low-pass (or high-pass) of the audio EQ cookbook. @param frequency Hz @param quality 0.707 for the flattest */
export function passFilter(
  kind: 'low' | 'high',
  frequency: number,
  quality: number,
  sampleRate: number,
): Biquad {
  const angle = (2 * Math.PI * frequency) / sampleRate
  const slope = Math.sin(angle) / (2 * quality)
  const edge = kind === 'low' ? 1 - Math.cos(angle) : 1 + Math.cos(angle)
  const middle = kind === 'low' ? edge : -edge
  const scale = 1 / (1 + slope)
  return [
    (edge / 2) * scale,
    middle * scale,
    (edge / 2) * scale,
    -2 * Math.cos(angle) * scale,
    (1 - slope) * scale,
  ]
}

/** High shelf of the audio EQ cookbook. @param gain dB above `frequency` Hz */
export function shelfFilter(frequency: number, gain: number, sampleRate: number): Biquad {
  const angle = (2 * Math.PI * frequency) / sampleRate
  const root = 10 ** (gain / 40)
  const cosine = Math.cos(angle)
  const slope = Math.sin(angle) * Math.SQRT1_2 * 2 * Math.sqrt(root)
  const scale = 1 / (root + 1 - (root - 1) * cosine + slope)
  return [
    root * (root + 1 + (root - 1) * cosine + slope) * scale,
    -2 * root * (root - 1 + (root + 1) * cosine) * scale,
    root * (root + 1 + (root - 1) * cosine - slope) * scale,
    2 * (root - 1 - (root + 1) * cosine) * scale,
    (root + 1 - (root - 1) * cosine - slope) * scale,
  ]
}

/** Filters in place. */
export function filter(sound: Float32Array, [b0, b1, b2, a1, a2]: Biquad): void {
  let first = 0
  let second = 0
  for (let i = 0; i < sound.length; i++) {
    const x = sound[i]
    const y = b0 * x + first
    first = b1 * x - a1 * y + second
    second = b2 * x - a2 * y
    sound[i] = y
  }
}

/** Noise of root mean square 1 whose power falls by 0 (white), 3 (pink) or 6 (brown) dB an octave. */
export function noise(length: number, colour: 'white' | 'pink' | 'brown', random: Random): Float32Array {
  const samples = Float32Array.from({ length }, () => random.normal())
  if (colour === 'brown') filter(samples, [1, 0, 0, -0.99, 0])
  // Three one-pole sections a decade apart, side by side, fall by 3 dB an octave within a decibel.
  if (colour === 'pink') {
    const sections = [0.99, 0.9, 0.4].map((pole) => {
      const section = samples.slice()
      filter(section, [Math.sqrt(1 - pole), 0, 0, -pole, 0])
      return section
    })
    for (let i = 0; i < length; i++) samples[i] = sections.reduce((sum, section) => sum + section[i], 0)
  }
  const scale = 1 / Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / length)
  return samples.map((sample) => sample * scale)
}
