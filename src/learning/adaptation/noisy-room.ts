import type { Random } from '../random/index.ts'
import { add, decibels, keepInScale, loudness, noise } from '../sound/index.ts'

/** A noisy room in which clips are heard. */
export interface Room {
  /** What is heard there without a clip; begins again when it ends. */
  readonly bed: Float32Array
  /** dB by which a clip's loudest quarter of a second is above the bed, root mean squares both. */
  readonly snr: number
  /** Level of the bed under a clip of silence, of which nothing else is heard; a share of full scale. */
  readonly levelOfSilence: number
}

/** A room at two times: what helps against the one has to help against the other. */
export interface RoomHalves {
  /** Heard while adapting. */
  readonly adapting: Float32Array
  /** Heard while measuring. */
  readonly measuring: Float32Array
}

export interface Hearing {
  /** null for a quiet one. */
  readonly room: Room | null
  readonly isSilence: boolean
  /** Samples that are heard at least. */
  readonly least: number
  /** Hz */
  readonly sampleRate: number
}

/** Noise under every clip, dBFS: a microphone has a floor, and zeros at the end of a file are not a sound. */
const FLOOR = -80

/**
 * A clip as it is heard in a room; before and after one that is too short there is the room alone.
 *
 * @param random the place of a short clip, the place in the bed, and the microphone's floor
 */
export function heardIn(
  sound: Float32Array,
  { room, isSilence, least, sampleRate }: Hearing,
  random: Random,
): Float32Array {
  const heard = new Float32Array(Math.max(sound.length, least))
  heard.set(sound, random.below(heard.length - sound.length + 1))
  if (room) {
    const { bed, snr, levelOfSilence } = room
    const level = isSilence ? levelOfSilence : loudness(sound, sampleRate) * decibels(-snr)
    add(heard, bed, random.below(bed.length), level / rootMeanSquare(bed))
  }
  add(heard, noise(heard.length, 'white', random), 0, decibels(FLOOR))
  keepInScale(heard)
  return heard
}

/** Loudness of the middle one of the sounds by loudness, 0 where there is none. @param sampleRate Hz */
export function middleLoudness(sounds: readonly Float32Array[], sampleRate: number): number {
  const levels = sounds.map((sound) => loudness(sound, sampleRate)).sort((one, other) => one - other)
  return levels[levels.length >> 1] ?? 0
}

export function rootMeanSquare(sound: Float32Array): number {
  let squares = 0
  for (let i = 0; i < sound.length; i++) squares += sound[i] * sound[i]
  return Math.sqrt(squares / sound.length)
}
