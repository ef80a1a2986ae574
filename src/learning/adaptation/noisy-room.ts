import type { Random } from '../random/index.ts'
import { add, decibels, keepInScale, loudness, noise } from '../sound/index.ts'

/** Background noise and its level. */
export interface Room {
  /** Noise recording, looped. */
  readonly bed: Float32Array
  /** dB, RMS of the clip's loudest quarter second over RMS of the bed. */
  readonly snr: number
  /** RMS of the bed under a clip of the silence class, full scale 1. */
  readonly levelOfSilence: number
}

/** Disjoint recordings of a room, so that adapting to one is measured on the other. */
export interface RoomHalves {
  /** Used to adapt. */
  readonly adapting: Float32Array
  /** Used to measure. */
  readonly measuring: Float32Array
}

/** Options of `simulateRecording`. */
export interface RecordingOptions {
  /** Null for no background noise. */
  readonly room: Room | null
  readonly isSilence: boolean
  /** Least length of the result, samples. */
  readonly least: number
  /** Hz */
  readonly sampleRate: number
}

/** Microphone noise added to every clip, dBFS, so that no clip has digital silence. Chosen, not fitted. */
const FLOOR = -80

/**
 * Simulates recording a clip in a room: pads a short clip, adds the bed and microphone noise, and scales down a sum
 * beyond full scale.
 *
 * @param random draws the position of a short clip, the offset into the bed and the microphone noise
 */
export function simulateRecording(
  sound: Float32Array,
  { room, isSilence, least, sampleRate }: RecordingOptions,
  random: Random,
): Float32Array {
  const recording = new Float32Array(Math.max(sound.length, least))
  recording.set(sound, random.below(recording.length - sound.length + 1))
  if (room) {
    const { bed, snr, levelOfSilence } = room
    const level = isSilence ? levelOfSilence : loudness(sound, sampleRate) * decibels(-snr)
    add(recording, bed, random.below(bed.length), level / rootMeanSquare(bed))
  }
  add(recording, noise(recording.length, 'white', random), 0, decibels(FLOOR))
  keepInScale(recording)
  return recording
}

/** Median loudness, the RMS of a sound's loudest quarter second; 0 for no sounds. @param sampleRate Hz */
export function medianLoudness(sounds: readonly Float32Array[], sampleRate: number): number {
  const levels = sounds.map((sound) => loudness(sound, sampleRate)).sort((one, other) => one - other)
  return levels[levels.length >> 1] ?? 0
}

export function rootMeanSquare(sound: Float32Array): number {
  let squares = 0
  for (let i = 0; i < sound.length; i++) squares += sound[i] * sound[i]
  return Math.sqrt(squares / sound.length)
}
