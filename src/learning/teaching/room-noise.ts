import { type RoomHalves, rootMeanSquare } from '../adaptation/index.ts'
import { refused } from '../refused.ts'

/** A room's noise and how it is mixed with sounds. */
export interface RoomNoise {
  /** Mono at the model's rate, full scale ±1; the first half is used to adapt, the second to measure. */
  readonly noise: Float32Array
  /** SNR in dB, RMS of each sound's loudest quarter second over RMS of the noise; null keeps the recorded level. */
  readonly snr: number | null
  /** Background labels: their noise level is set by the median loudness of the other sounds. */
  readonly quiet: readonly string[]
}

/** Each half is then as long as a measured sound, a second and a lead of one. */
const MIN_SECONDS = 4

/**
 * Splits a recording of a room in halves.
 *
 * @throws LeafError `arguments` for a recording that is too short, not finite, or silent in one half
 */
export function halvesOf(noise: Float32Array, sampleRate: number): RoomHalves {
  const seconds = noise.length / sampleRate
  if (seconds < MIN_SECONDS) {
    throw refused(
      `The recording of the room is ${seconds.toFixed(1)} seconds long.`,
      `Record at least ${MIN_SECONDS} seconds, better most of a minute.`,
    )
  }
  if (!noise.every(Number.isFinite)) {
    throw refused('The recording of the room holds a sample that is not a finite number.', 'Record it again.')
  }
  const middle = noise.length >> 1
  const halves = { adapting: noise.subarray(0, middle), measuring: noise.subarray(middle) }
  if (Object.values(halves).some((half) => rootMeanSquare(half) === 0)) {
    throw refused('Half of the recording of the room is silent.', 'Check the microphone and record it again.')
  }
  return halves
}
