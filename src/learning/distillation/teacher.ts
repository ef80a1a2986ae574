import type { LayersModel } from '@tensorflow/tfjs-layers'
import { Engine } from '../../../worklet/index.ts'
import { LeafError } from '../../error.ts'
import { nameKey } from '../../events/index.ts'
import { geometryOf, samplesFor } from '../../frontend/index.ts'
import { buildLayersModel } from '../../inference/index.ts'
import type { Model } from '../../model/index.ts'
import { openModel } from '../../model/node.ts'
import { compilePlan } from '../../plan/index.ts'
import { audiosetMap } from '../data/index.ts'
import type { SoundExample } from '../examples/index.ts'
import { type DenseValues, denseScores, embedWindows, lastLayerOf, withNewHead } from '../network/index.ts'
import type { Random } from '../random/index.ts'
import { logisticRegression } from './logistic-regression.ts'

/** A clip as it was recorded. */
export interface WholeClip {
  /** Full scale ±1. */
  readonly sound: Float32Array
  /** Of each label of the student's: 1 or 0. */
  readonly target: Float32Array
}

/** An example that a teacher has heard. */
export interface HeardExample {
  /** The teacher's, of the last window that the student sees. */
  readonly embedding: Float32Array
  /** Of each label of the student's, as of a `SoundExample`. */
  readonly target: Float32Array
}

/** What the student names, and how it sees examples. */
export interface Student {
  readonly labels: readonly string[]
  /** Hz */
  readonly sampleRate: number
  /** Samples from one frame to the next. */
  readonly hop: number
  readonly windowFrames: number
}

/** Windows that are embedded at once: alone each costs more, and many leave the processor's cache. */
const AT_ONCE = 16
/** Of a clip, one beginning at the middle of the one before: so much of a long clip says what it is. */
const MOST_WINDOWS = 8
/**
 * Of a label that a clip is not given, the share that the teacher says: a clip carries one, and a crowd that speaks is
 * speech too. Chosen, not fitted.
 */
const SOFT = 0.5

/**
 * A model that says what it hears in every example as it is heard, after mixing, gain and filters: soft targets (Hinton,
 * Vinyals and Dean, arXiv 1503.02531), of all its labels and of the student's. The student's it learns beforehand, as a
 * new last layer: what its embedding knows of them is more than what its own labels of like names say (`npm run
 * linear-probe`). Those say what is to be learned where nothing is known, since clips that all have a label teach that
 * everything has one.
 */
export class Teacher {
  readonly #network: LayersModel
  readonly #engine: Engine
  /** Samples of a window, and values of its features. */
  readonly #samples: number
  readonly #size: number
  readonly #own: DenseValues
  /** Of each label of the student's, the places of its own labels that count as it. */
  readonly #places: readonly (readonly number[])[]
  readonly #student: Student
  #students: DenseValues | undefined

  private constructor(model: Model, network: LayersModel, student: Student) {
    const { frontend, classifier } = model
    this.#network = network
    this.#engine = new Engine(compilePlan(frontend), null)
    this.#samples = samplesFor(geometryOf(frontend), classifier.windowFrames)
    this.#size = classifier.windowFrames * frontend.channels
    this.#own = lastLayerOf(model)
    const names = model.labels.map((name) => nameKey(audiosetMap.labelOf(name)))
    this.#places = student.labels.map((label) =>
      names.flatMap((name, place) => (name === nameKey(label) ? [place] : [])),
    )
    this.#student = student
  }

  /**
   * @param path of a model file without heads, whose last layer is dense
   * @throws LeafError `model-file`, or `arguments` for another rate, or a model with heads: each of them always names
   *   one of its labels, whatever is heard
   */
  static async open(path: string, student: Student): Promise<Teacher> {
    const model = await openModel(path)
    if (model.heads)
      throw new LeafError(
        'arguments',
        `${path} has heads, of which each always names one of its labels.`,
        'Choose a teacher whose labels hold or not by themselves.',
      )
    const { sampleRate } = model.frontend
    if (sampleRate !== student.sampleRate)
      throw new LeafError(
        'arguments',
        `The teacher hears ${sampleRate} Hz, the frontend ${student.sampleRate} Hz.`,
        'Choose a teacher or a frontend of the same rate.',
      )
    return new Teacher(model, await buildLayersModel(withNewHead(model, 1).classifier), student)
  }

  /** Embeds the last window before the end of the student's own; a short sound begins in silence. */
  async hear(examples: readonly SoundExample[]): Promise<HeardExample[]> {
    const { hop, windowFrames } = this.#student
    const heard: HeardExample[] = []
    for (let first = 0; first < examples.length; first += AT_ONCE) {
      const some = examples.slice(first, first + AT_ONCE)
      const windows = some.map(({ sound, firstFrame }) => {
        const end = Math.min(sound.length, Math.max((firstFrame + windowFrames) * hop, this.#samples))
        return sound.subarray(Math.max(0, end - this.#samples), end)
      })
      const embeddings = await this.#embed(windows)
      heard.push(...some.map(({ target }, i) => ({ target, embedding: embeddings[i] })))
    }
    return heard
  }

  /**
   * Learns the student's labels, from clips as they are, each by the mean of its windows' embeddings, and from examples:
   * what is known of quiet, mixed and filtered sound is not in the clips.
   *
   * @param examples the first ones; what is unknown in a target is what its own labels of like names say, or is not
   *   learned from where there are none
   */
  async learnLabels(
    clips: Iterable<WholeClip>,
    examples: readonly HeardExample[],
    random: Random,
  ): Promise<void> {
    const learned: HeardExample[] = []
    for (const { sound, target } of clips) learned.push({ embedding: await this.#clip(sound), target })
    for (const { target, embedding } of examples)
      learned.push({ embedding, target: this.#completed(target, embedding) })
    this.#students = logisticRegression(
      learned.map(({ embedding, target }) => ({ features: embedding, firstFrame: 0, target })),
      random,
    )
  }

  /**
   * The target with the teacher's scores behind it. What a target does not know is what he says; where it says that a
   * label is not heard he has his share; a label that is heard is heard.
   *
   * To be called behind `learnLabels`.
   */
  answer({ target, embedding }: HeardExample): Float32Array {
    const own = denseScores(this.#own, embedding)
    const soft = denseScores(this.#students!, embedding)
    const all = new Float32Array(target.length + own.length)
    target.forEach((value, label) => {
      all[label] = Number.isNaN(value) ? soft[label] : Math.max(value, SOFT * soft[label])
    })
    all.set(own, target.length)
    return all
  }

  /** A target in which its own labels say what is unknown: of several that count as one, the highest score. */
  #completed(target: Float32Array, embedding: Float32Array): Float32Array {
    if (!target.some(Number.isNaN)) return target
    const own = denseScores(this.#own, embedding)
    return target.map((value, label) => {
      const scores = this.#places[label].map((place) => own[place])
      return Number.isNaN(value) && scores.length > 0 ? Math.max(...scores) : value
    })
  }

  /** The mean of the windows' embeddings. */
  async #clip(sound: Float32Array): Promise<Float32Array> {
    const step = Math.floor(this.#samples / 2)
    const count = Math.min(MOST_WINDOWS, Math.max(1, Math.floor((sound.length - this.#samples) / step) + 1))
    const embeddings = await this.#embed(
      Array.from({ length: count }, (_, i) => sound.subarray(i * step, i * step + this.#samples)),
    )
    return embeddings[0].map((_, i) => embeddings.reduce((sum, values) => sum + values[i] / count, 0))
  }

  /** @param sounds at most a window each; silence is put before what is shorter */
  async #embed(sounds: readonly Float32Array[]): Promise<Float32Array[]> {
    const windows = new Float32Array(sounds.length * this.#size)
    const heard = new Float32Array(this.#samples)
    sounds.forEach((sound, i) => {
      heard.fill(0)
      heard.set(sound, this.#samples - sound.length)
      windows.set(this.#engine.clip(heard).values.subarray(0, this.#size), i * this.#size)
    })
    const values = await embedWindows(this.#network, windows, sounds.length)
    const length = values.length / sounds.length
    return sounds.map((_, i) => values.slice(i * length, (i + 1) * length))
  }
}
