import { frameCount, geometryOf } from '../../frontend/index.ts'
import type { Model } from '../../model/index.ts'
import {
  type AdaptationExample,
  medianLoudness,
  type RoomHalves,
  rootMeanSquare,
  simulateRecording,
} from '../adaptation/index.ts'
import type { SoundExample } from '../examples/index.ts'
import { type Random, streams } from '../random/index.ts'
import { decibels } from '../sound/index.ts'
import { type LabelledSound, toFloat32 } from './labelled-sound.ts'
import { halvesOf, type RoomNoise } from './room-noise.ts'
import { type Canvas, canvasOf, padOrTrim } from './teaching-examples.ts'

/** Noise before a measured sound, seconds: four time constants of PCEN's smoother (s = 0.04 every 10 ms: 0.25 s). */
const LEAD_SECONDS = 1

/** Mixes sounds with a room's noise, to adapt and to measure. */
export class RoomSounds {
  /** SNR of the median sound, dB. */
  readonly snr: number
  readonly #model: Model
  readonly #halves: RoomHalves
  readonly #room: RoomNoise
  /** RMS of the noise where it does not depend on the sound. */
  readonly #noiseLevel: number
  /** Least length of a sound to adapt on, samples. */
  readonly #least: number
  /** Layout of a measured sound. */
  readonly #canvas: Canvas

  /**
   * @param sounds all of them, for their median loudness
   * @throws LeafError `arguments` for a noise that is too short, silent or not finite
   */
  constructor(model: Model, sounds: readonly LabelledSound[], room: RoomNoise) {
    const { frontend, classifier } = model
    const { sampleRate } = frontend
    this.#model = model
    this.#room = room
    this.#halves = halvesOf(room.noise, sampleRate)
    const recorded = rootMeanSquare(room.noise)
    const foreground = sounds.filter(({ label }) => !room.quiet.includes(label))
    const median = medianLoudness(
      foreground.map(({ sound }) => toFloat32(sound)),
      sampleRate,
    )
    this.snr = room.snr ?? 20 * Math.log10(median / recorded)
    this.#noiseLevel = room.snr === null ? recorded : median * decibels(-room.snr)
    this.#least = canvasOf(frontend, classifier.windowFrames).samples
    const samples = this.#least + LEAD_SECONDS * sampleRate
    const frames = frameCount(geometryOf(frontend), samples)
    this.#canvas = { sampleRate, samples, firstFrame: frames - classifier.windowFrames }
  }

  /** Each mixed with the first half of the noise. @param seed selects the offsets into it */
  toLearn(sounds: readonly LabelledSound[], seed: number): AdaptationExample[] {
    return sounds.map((one, i) => ({
      sound: this.#mixed(
        toFloat32(one.sound),
        one.label,
        this.#halves.adapting,
        streams.adaptedSound(seed, i),
      ),
      target: this.#target(one.label),
    }))
  }

  /** Each at the end of its canvas, mixed with the second half of the noise if `isNoisy`. */
  toMeasure(sounds: readonly LabelledSound[], isNoisy: boolean): SoundExample[] {
    const { samples, firstFrame } = this.#canvas
    return sounds.map(({ sound: given, label }, i) => {
      const sound = toFloat32(given)
      const padded = padOrTrim(samples, sound, samples - ((this.#least + sound.length) >> 1))
      const bed = isNoisy ? this.#halves.measuring : null
      return {
        sound: this.#mixed(padded, label, bed, streams.measuredSound(i)),
        firstFrame,
        target: this.#target(label),
      }
    })
  }

  #mixed(sound: Float32Array, label: string, bed: Float32Array | null, random: Random): Float32Array {
    const { snr, quiet } = this.#room
    const room = bed && { bed, snr: snr ?? 0, levelOfSilence: this.#noiseLevel }
    const { sampleRate } = this.#canvas
    // With background labels and at the recorded level the noise does not follow the sound.
    const isSilence = snr === null || quiet.includes(label)
    return simulateRecording(sound, { room, isSilence, least: this.#least, sampleRate }, random)
  }

  #target(label: string): Float32Array {
    return Float32Array.from(this.#model.labels, (name) => Number(name === label))
  }
}
