import { Engine } from '../../../worklet/index.ts'
import { LeafError } from '../../error.ts'
import { nameKey } from '../../events/index.ts'
import { geometryOf, samplesFor } from '../../frontend/index.ts'
import type { LoadedClassifier } from '../../inference/index.ts'
import { loadClassifier } from '../../inference/node.ts'
import type { Model } from '../../model/index.ts'
import { openModel } from '../../model/node.ts'
import { compilePlan } from '../../plan/index.ts'
import { audiosetMap } from '../data/index.ts'
import type { SoundBatch, SoundExample } from '../examples/index.ts'

/** Windows that are scored at once: alone each costs more, and many leave the processor's cache. */
const AT_ONCE = 16

/**
 * A model that says what it hears in every example as it is heard, after mixing, gain and filters: soft targets of all
 * its labels (Hinton, Vinyals and Dean, arXiv 1503.02531), which the student learns beside its own labels.
 */
export class Teacher {
  readonly #model: Model
  readonly #classifier: LoadedClassifier
  readonly #engine: Engine
  /** Per label of the student, places among the teacher's that count as it. */
  readonly #places: readonly (readonly number[])[]
  /** His scores by the numbers of examples: they come again, and he is slower than their making. */
  readonly #heard = new Map<number, Float32Array>()

  private constructor(model: Model, classifier: LoadedClassifier, labels: readonly string[]) {
    this.#model = model
    this.#classifier = classifier
    this.#engine = new Engine(compilePlan(model.frontend), null)
    const own = model.labels.map((name) => nameKey(audiosetMap.labelOf(name)))
    this.#places = labels.map((label) =>
      own.flatMap((name, place) => (name === nameKey(label) ? [place] : [])),
    )
  }

  /**
   * @param path of a model file without heads @param labels of the student @param sampleRate of the examples, Hz
   * @throws LeafError `model-file`, or `arguments` for another rate, or a model with heads: each of them always names
   *   one of its labels, whatever is heard
   */
  static async open(path: string, labels: readonly string[], sampleRate: number): Promise<Teacher> {
    const model = await openModel(path)
    if (model.heads)
      throw new LeafError(
        'arguments',
        `${path} has heads, of which each always names one of its labels.`,
        'Choose a teacher whose labels hold or not by themselves.',
      )
    if (model.frontend.sampleRate !== sampleRate)
      throw new LeafError(
        'arguments',
        `The teacher hears ${model.frontend.sampleRate} Hz, the frontend ${sampleRate} Hz.`,
        'Choose a teacher or a frontend of the same rate.',
      )
    return new Teacher(model, await loadClassifier(model), labels)
  }

  /**
   * The batch with the teacher's scores behind every target. A label of which the target knows nothing gets the highest
   * score of the teacher's labels that count as it, and stays unknown where there are none.
   *
   * @param numberOf an example's number by its place in the batch: the same number is the same example
   * @param windowEnd samples from the beginning of an example's sound to the end of its window
   */
  async teach(
    batch: SoundBatch,
    numberOf: (place: number) => number,
    windowEnd: (example: SoundExample) => number,
  ): Promise<SoundBatch> {
    const examples = batch.examples as readonly SoundExample[]
    const unheard = examples.map((_, place) => place).filter((place) => !this.#heard.has(numberOf(place)))
    for (let first = 0; first < unheard.length; first += AT_ONCE) {
      const some = unheard.slice(first, first + AT_ONCE)
      const scores = await this.#scores(
        some.map((place) => [examples[place].sound, windowEnd(examples[place])] as const),
      )
      some.forEach((place, i) => {
        this.#heard.set(numberOf(place), scores[i])
      })
    }
    return {
      index: batch.index,
      examples: examples.map((example, place) => this.#answered(example, this.#heard.get(numberOf(place))!)),
    }
  }

  #answered({ sound, firstFrame, target }: SoundExample, scores: Float32Array): SoundExample {
    const all = new Float32Array(target.length + scores.length)
    target.forEach((value, label) => {
      const places = this.#places[label]
      const isOpen = Number.isNaN(value) && places.length > 0
      all[label] = isOpen ? Math.max(...places.map((place) => scores[place])) : value
    })
    all.set(scores, target.length)
    return { sound, firstFrame, target: all }
  }

  /** Scores of the last window before the end of each sound's own; a sound that is too short for it begins in silence. */
  async #scores(sounds: readonly (readonly [Float32Array, number])[]): Promise<Float32Array[]> {
    const { classifier, frontend, labels } = this.#model
    const samples = samplesFor(geometryOf(frontend), classifier.windowFrames)
    const size = classifier.windowFrames * frontend.channels
    const windows = new Float32Array(sounds.length * size)
    sounds.forEach(([sound, windowEnd], i) => {
      const end = Math.min(sound.length, Math.max(windowEnd, samples))
      const part = sound.subarray(Math.max(0, end - samples), end)
      const heard = new Float32Array(samples)
      heard.set(part, samples - part.length)
      windows.set(this.#engine.clip(heard).values.subarray(0, size), i * size)
    })
    const scores = await this.#classifier.infer(windows, sounds.length)
    return sounds.map((_, i) => scores.slice(i * labels.length, (i + 1) * labels.length))
  }
}
