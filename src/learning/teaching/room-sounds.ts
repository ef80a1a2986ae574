import { frameCount, geometryOf } from '../../frontend/index.ts'
import type { Model } from '../../model/index.ts'
import {
  type AdaptationExample,
  heardIn,
  middleLoudness,
  type RoomHalves,
  rootMeanSquare,
} from '../adaptation/index.ts'
import type { SoundExample } from '../examples/index.ts'
import { type Random, streams } from '../random/index.ts'
import { decibels } from '../sound/index.ts'
import { type LabelledSound, toFloat32 } from './labelled-sound.ts'
import { halvesOf, type RoomNoise } from './room-noise.ts'
import { type Canvas, canvasOf, laidOn } from './teaching-examples.ts'

/** Seconds of the room before a sound that is measured: live, PCEN has settled on it too. */
const LEAD = 1

/** Sounds as they are heard in a room. */
export class RoomSounds {
  /** dB by which the middle one of the sounds is above the noise. */
  readonly snr: number
  readonly #model: Model
  readonly #halves: RoomHalves
  readonly #room: RoomNoise
  /** Root mean square of the noise where no sound says how loud it is. */
  readonly #level: number
  /** Learned from: as long as the window needs. */
  readonly #least: number
  /** Measured. */
  readonly #canvas: Canvas

  /**
   * @param sounds all of them
   * @throws LeafError `arguments` for a noise that is too short, silent or not finite
   */
  constructor(model: Model, sounds: readonly LabelledSound[], room: RoomNoise) {
    const { frontend, classifier } = model
    const { sampleRate } = frontend
    this.#model = model
    this.#room = room
    this.#halves = halvesOf(room.noise, sampleRate)
    const present = rootMeanSquare(room.noise)
    // The quiet room is no sound.
    const sounding = sounds.filter(({ label }) => !room.quiet.includes(label))
    const middle = middleLoudness(
      sounding.map(({ sound }) => toFloat32(sound)),
      sampleRate,
    )
    this.snr = room.snr ?? 20 * Math.log10(middle / present)
    this.#level = room.snr === null ? present : middle * decibels(-room.snr)
    this.#least = canvasOf(frontend, classifier.windowFrames).samples
    const samples = this.#least + LEAD * sampleRate
    const frames = frameCount(geometryOf(frontend), samples)
    this.#canvas = { sampleRate, samples, firstFrame: frames - classifier.windowFrames }
  }

  /** Each in the first half of the noise. @param seed another one, other places in it */
  toLearn(sounds: readonly LabelledSound[], seed: number): AdaptationExample[] {
    return sounds.map((one, i) => ({
      sound: this.#heard(
        toFloat32(one.sound),
        one.label,
        this.#halves.adapting,
        streams.adaptedSound(seed, i),
      ),
      target: this.#target(one.label),
    }))
  }

  /** Each at the end of its canvas, in the second half of the noise or in the quiet. */
  toMeasure(sounds: readonly LabelledSound[], isNoisy: boolean): SoundExample[] {
    const { samples, firstFrame } = this.#canvas
    return sounds.map(({ sound: given, label }, i) => {
      const sound = toFloat32(given)
      const laid = laidOn(samples, sound, samples - ((this.#least + sound.length) >> 1))
      const bed = isNoisy ? this.#halves.measuring : null
      return {
        sound: this.#heard(laid, label, bed, streams.measuredSound(i)),
        firstFrame,
        target: this.#target(label),
      }
    })
  }

  #heard(sound: Float32Array, label: string, bed: Float32Array | null, random: Random): Float32Array {
    const { snr, quiet } = this.#room
    const room = bed && { bed, snr: snr ?? 0, levelOfSilence: this.#level }
    const { sampleRate } = this.#canvas
    // Neither in a quiet room nor at a recorded level does the sound say how loud the noise is.
    const isSilence = snr === null || quiet.includes(label)
    return heardIn(sound, { room, isSilence, least: this.#least, sampleRate }, random)
  }

  #target(label: string): Float32Array {
    return Float32Array.from(this.#model.labels, (name) => Number(name === label))
  }
}
