import type { Random } from '../random/index.ts'
import { reverberation } from './reverberation.ts'
import { decibels, filter, loudness, noise, passFilter, shelfFilter } from './sound.ts'

const COLOURS = ['white', 'pink', 'brown'] as const
const NOISE_SECONDS = 8
/** The converter of a microphone is never quieter than this, dBFS. */
const FLOOR = -92

/** Range of the time in which a room's answer falls by 60 dB, seconds: furnished to bare. */
const DECAY = [0.15, 1] as const

/** What is done to the waveform of a training example; every range is one of uniform chance. */
export class Augmentation {
  readonly #sampleRate: number
  readonly #noises: readonly Float32Array[]

  constructor(sampleRate: number, random: Random) {
    this.#sampleRate = sampleRate
    this.#noises = COLOURS.map((colour) => noise(NOISE_SECONDS * sampleRate, colour, random))
  }

  /** Plays half of all clips up to a quarter of an octave faster or slower. */
  stretched(sound: Float32Array, random: Random): Float32Array {
    if (random.chance(0.5)) return sound
    const speed = 2 ** random.between(-0.25, 0.25)
    const result = new Float32Array(Math.floor((sound.length - 1) / speed))
    for (let i = 0; i < result.length; i++) {
      const before = Math.floor(i * speed)
      result[i] = sound[before] + (i * speed - before) * (sound[before + 1] - sound[before])
    }
    return result
  }

  /** Adds `other` to `sound` in place, 10 dB weaker to 10 dB stronger. Levels are taken from sample `from` on. */
  mix(sound: Float32Array, other: Float32Array, from: number, random: Random): void {
    const ratio = loudness(sound, this.#sampleRate, from) / (loudness(other, this.#sampleRate, from) || 1)
    add(sound, other, 0, ratio * decibels(random.between(-10, 10)))
  }

  /** Heard in a room, in place: its answer is 18 dB quieter than the sound itself, near, to 3 dB louder, far away. */
  room(sound: Float32Array, random: Random): void {
    const decay = DECAY[0] * (DECAY[1] / DECAY[0]) ** random.next()
    const answer = reverberation(sound, this.#sampleRate, decay, random)
    const ratio = loudness(sound, this.#sampleRate) / (loudness(answer, this.#sampleRate) || 1)
    add(sound, answer, 0, ratio * decibels(random.between(-18, 3)))
  }

  /** Another microphone, in place: a band limit, so that no source is known by its own, a tilt, a low cut. */
  colour(sound: Float32Array, random: Random): void {
    if (random.chance(0.6)) {
      const cutoff = 3000 * (8 / 3) ** random.next()
      const sections = random.below(6) + 1
      const sharpest = 0.495 * this.#sampleRate
      const section = passFilter('low', Math.min(cutoff, sharpest), Math.SQRT1_2, this.#sampleRate)
      for (let i = 0; i < sections; i++) filter(sound, section)
    }
    if (random.chance(0.5)) {
      filter(sound, shelfFilter(random.between(500, 3000), random.between(-8, 8), this.#sampleRate))
    }
    if (random.chance(0.3)) {
      filter(sound, passFilter('high', random.between(50, 250), Math.SQRT1_2, this.#sampleRate))
    }
  }

  /** Another distance, in place: a level from sample `from` on between -50 and -5 dBFS. @returns that level, dBFS */
  level(sound: Float32Array, from: number, random: Random): number {
    const present = 20 * Math.log10(loudness(sound, this.#sampleRate, from) + 1e-7)
    const wanted = random.chance(0.5)
      ? random.between(-45, -8)
      : Math.min(-5, Math.max(-50, present + random.between(-12, 12)))
    scale(sound, decibels(wanted - present))
    return wanted
  }

  /** Puts noise under the sound in place. @param background a quiet recording to be used instead of noise @param level dBFS */
  noiseUnder(sound: Float32Array, level: number, random: Random, background?: Float32Array): void {
    const bed = background ?? this.#noises[random.below(this.#noises.length)]
    const own = background ? loudness(background, this.#sampleRate) : 1
    add(sound, bed, random.below(bed.length), decibels(level) / (own || 1))
    add(sound, this.#noises[0], random.below(this.#noises[0].length), decibels(FLOOR))
  }
}

/** Adds `other` from sample `start` on, from its beginning again when it ends. */
export function add(sound: Float32Array, other: Float32Array, start: number, gain: number): void {
  let at = start
  for (let i = 0; i < sound.length; i++) {
    sound[i] += gain * other[at]
    if (++at === other.length) at = 0
  }
}

export function scale(sound: Float32Array, gain: number): void {
  for (let i = 0; i < sound.length; i++) sound[i] *= gain
}

/** No sample beyond full scale. */
export function keepInScale(sound: Float32Array): void {
  let peak = 0
  for (let i = 0; i < sound.length; i++) peak = Math.max(peak, Math.abs(sound[i]))
  if (peak > 1) scale(sound, 1 / peak)
}
