import type { Random } from '../../../src/learning/random/index.ts'
import { loudness } from '../../../src/learning/sound/index.ts'
import type { TimedEvent } from './event-score.ts'

/** A sound with one label, or a background without; samples at the same rate. */
export interface SceneSound {
  readonly label: string
  readonly sound: Float32Array
}

/** A minute of sound, and what is heard in it. */
export interface Scene {
  readonly sound: Float32Array
  /** What lies below the events. */
  readonly background: Float32Array
  readonly events: readonly TimedEvent[]
}

export const SCENE_SECONDS = 60
/** Events of a scene, least and most. */
const EVENTS = [6, 10] as const
/** Loudness of an event against the background around it, dB. */
const LEVELS = [0, 20] as const
const LONGEST_SECONDS = 4
/** What is quieter than the loudest 10 ms by more than this is no part of an event, dB. */
const AUDIBLE = -30
/** Seconds between two events: what a decoder merges would else be one. */
const APART = 1

/**
 * Mixes a scene: a background, repeated until it is long enough, and clips over it, one after the other with pauses, at
 * 0 to 20 dB.
 *
 * @param clips to choose from
 */
export function makeScene(
  clips: readonly SceneSound[],
  background: Float32Array,
  sampleRate: number,
  random: Random,
): Scene {
  const below = Float32Array.from(
    { length: SCENE_SECONDS * sampleRate },
    (_, i) => background[i % background.length],
  )
  const sound = below.slice()
  const count = EVENTS[0] + random.below(EVENTS[1] - EVENTS[0] + 1)
  const slot = sound.length / count
  const events = Array.from({ length: count }, (_, i) => {
    const clip = clips[random.below(clips.length)]
    const own = audible(clip.sound, sampleRate)
    const length = Math.min(own.length, LONGEST_SECONDS * sampleRate, Math.floor(slot - APART * sampleRate))
    const start = Math.floor(i * slot + random.between(0, slot - APART * sampleRate - length))
    const part = own.subarray(0, length)
    const level = 10 ** (random.between(...LEVELS) / 20)
    const around = loudness(sound, sampleRate, start, start + length)
    const gain = (level * Math.max(around, 1e-4)) / (loudness(part, sampleRate) || 1)
    // Five milliseconds at both ends: a cut would click.
    const fade = 0.005 * sampleRate
    for (let k = 0; k < length; k++)
      sound[start + k] += gain * part[k] * Math.min(1, k / fade, (length - k) / fade)
    return { label: clip.label, start: start / sampleRate, end: (start + length) / sampleRate }
  })
  const peak = sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  return { sound: peak > 1 ? sound.map((sample) => sample / peak) : sound, background: below, events }
}

/** A clip without the quiet before and after it. */
function audible(sound: Float32Array, sampleRate: number): Float32Array {
  const step = Math.round(sampleRate / 100)
  const powers = Array.from({ length: Math.ceil(sound.length / step) }, (_, i) => {
    const block = sound.subarray(i * step, (i + 1) * step)
    return block.reduce((sum, sample) => sum + sample * sample, 0) / block.length
  })
  const least = Math.max(...powers) * 10 ** (AUDIBLE / 10)
  const first = powers.findIndex((power) => power >= least)
  const last = powers.findLastIndex((power) => power >= least)
  return sound.subarray(first * step, Math.min(sound.length, (last + 1) * step))
}
