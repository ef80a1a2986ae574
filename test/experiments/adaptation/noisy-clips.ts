import { geometryOf, samplesFor } from '../../../src/frontend/index.ts'
import {
  type AdaptationExample,
  EnergyAnalysis,
  medianLoudness,
  type Room,
  simulateRecording,
} from '../../../src/learning/adaptation/index.ts'
import { type Clip, type Manifest, soundOf } from '../../../src/learning/data/index.ts'
import { streams } from '../../../src/learning/random/index.ts'
import { decibels } from '../../../src/learning/sound/index.ts'
import type { HeardSet } from './measure.ts'
import type { OpenedModel } from './open-model.ts'

/** Clips with this label have no level of their own to be above a noise. */
const SILENCE = 'silence'

/** Hears the clips of a folder in rooms, for a model of the same labels. */
export class NoisyClips {
  /** Samples of the classifier's window: no clip is heard for less. */
  readonly least: number
  readonly #model: OpenedModel
  readonly #manifest: Manifest
  readonly #analysis: EnergyAnalysis

  constructor(model: OpenedModel, manifest: Manifest) {
    this.#model = model
    this.#manifest = manifest
    this.#analysis = new EnergyAnalysis(model.frontend)
    this.least = samplesFor(geometryOf(model.frontend), model.windowFrames)
  }

  /** @param clips whose median loudness, silence left out, says how loud the bed is where there is nothing else */
  roomOf(bed: Float32Array, snr: number, clips: readonly Clip[]): Room {
    const { sampleRate } = this.#model.frontend
    const sounding = clips.filter((clip) => !this.#isSilence(clip)).map(soundOf)
    return { bed, snr, levelOfSilence: medianLoudness(sounding, sampleRate) * decibels(-snr) }
  }

  /** @param room null for a quiet one @param seed another one, other places in the bed */
  hear(clip: Clip, index: number, room: Room | null, seed: number): AdaptationExample {
    const target = new Float32Array(this.#model.labels.length)
    for (const label of clip.row.labels) target[this.place(this.#manifest.labels[label])] = 1
    const { sampleRate } = this.#model.frontend
    const hearing = { room, isSilence: this.#isSilence(clip), least: this.least, sampleRate }
    return { sound: simulateRecording(soundOf(clip), hearing, streams.clipInRoom(seed, index)), target }
  }

  /** Clips as they are measured. @param leftOut the label that does not count */
  heardSet(clips: readonly Clip[], room: Room | null, seed: number, leftOut: string | null): HeardSet {
    const heard = clips.map((clip, i) => {
      const { sound, target } = this.hear(clip, i, room, seed)
      return { energies: this.#analysis.of(sound), target }
    })
    const counted = this.#model.labels.flatMap((label, place) => (label === leftOut ? [] : [place]))
    return { heard, counted }
  }

  /** Place of a label among the model's. */
  place(label: string): number {
    return this.#model.labels.indexOf(label)
  }

  #isSilence({ row }: Clip): boolean {
    return row.labels.includes(this.#manifest.labels.indexOf(SILENCE))
  }
}
