import { type RoomHalves, rootMeanSquare } from '../adaptation/index.ts'
import { refused } from '../refused.ts'

/** A room, and how it lies under the sounds. */
export interface RoomNoise {
  /** Mono, at the model's rate, full scale ±1; its first half is heard while adapting, the rest while measuring. */
  readonly noise: Float32Array
  /** dB by which the loudest quarter second of every sound is above it; null: as loud as it was recorded. */
  readonly snr: number | null
  /** Labels of sounds that are the room when nothing happens: the noise is as loud there as under the middle sound. */
  readonly quiet: readonly string[]
}

const LEAST_SECONDS = 4

/**
 * @param noise a recording of the room
 * @throws LeafError `arguments` for a recording that is too short, silent for half of its length, or not finite
 */
export function halvesOf(noise: Float32Array, sampleRate: number): RoomHalves {
  const seconds = noise.length / sampleRate
  if (seconds < LEAST_SECONDS) {
    throw refused(
      `The recording of the room is ${seconds.toFixed(1)} seconds long.`,
      `Record at least ${LEAST_SECONDS} seconds, better most of a minute.`,
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
