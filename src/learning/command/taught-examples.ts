import type { BatchFrontend } from '../../gradient/index.ts'
import type { HeardExample, Teacher, WholeClip } from '../distillation/index.ts'
import type { Example, ExampleSource, SoundBatch, SoundExample } from '../examples/index.ts'
import type { Random } from '../random/index.ts'
import { windowsOf } from '../training/index.ts'

/**
 * Examples that are answered together, by their numbers: two quads, which a frontend computes at once and rounds by what
 * is in both. So what an example says goes by its number alone, also after a resume.
 */
const TOGETHER = 8

export interface TaughtExamplesOptions {
  /** Examples before they come again. */
  readonly count: number
  readonly windowFrames: number
}

/**
 * Examples with what a teacher says of each. They come again after the last one, as he said then, and where the frontend
 * stays as it is with its features in place of the sound: that is two kilobytes an example for YAMNet's labels, and
 * fifteen for 96 frames of 40 channels.
 */
export class TaughtExamples {
  readonly #source: ExampleSource<SoundExample>
  readonly #teacher: Teacher
  readonly #count: number
  readonly #windowFrames: number
  readonly #frontend: BatchFrontend | undefined
  /** By their numbers: what was heard before the teacher knew the student's labels, his answers, and features. */
  readonly #heard: (HeardExample | undefined)[] = []
  readonly #targets: (Float32Array | undefined)[] = []
  readonly #features: (Float32Array | undefined)[] = []

  /** @param frontend where it stays as it is */
  constructor(
    source: ExampleSource<SoundExample>,
    teacher: Teacher,
    { count, windowFrames }: TaughtExamplesOptions,
    frontend: BatchFrontend | undefined,
  ) {
    this.#source = source
    this.#teacher = teacher
    this.#count = count
    this.#windowFrames = windowFrames
    this.#frontend = frontend
  }

  /** @param first so many of the examples are learned from, beside the clips */
  async learnLabels(clips: Iterable<WholeClip>, first: number, random: Random): Promise<void> {
    const learned: HeardExample[] = []
    for (let from = 0; from < Math.min(first, this.#count); from += TOGETHER) {
      const numbers = numbersFrom(from, Math.min(TOGETHER, first - from, this.#count - from))
      learned.push(...(await this.#teacher.hear(numbers.map((number) => this.#source.make(number)))))
    }
    await this.#teacher.learnLabels(clips, learned, random)
    this.#heard.push(...learned)
  }

  /** To be called behind `learnLabels`. */
  async batch(index: number, size: number): Promise<SoundBatch> {
    const numbers = numbersFrom(index * size, size).map((number) => number % this.#count)
    const unknown = numbers.filter((number) => !this.#targets[number])
    for (const group of new Set(unknown.map((number) => Math.floor(number / TOGETHER))))
      await this.#answer(group * TOGETHER)
    return {
      index,
      examples: numbers.map((number): Example => {
        const target = this.#targets[number]!
        const features = this.#features[number]
        return features ? { features, firstFrame: 0, target } : { ...this.#source.make(number), target }
      }),
    }
  }

  /** Answers the examples that belong together from one on. */
  async #answer(first: number): Promise<void> {
    const numbers = numbersFrom(first, Math.min(TOGETHER, this.#count - first))
    const examples = numbers.map((number) => this.#source.make(number))
    // Batches may be made at the same time: what is there now may be let go of meanwhile.
    const known = numbers.map((number) => this.#heard[number])
    const others = (await this.#teacher.hear(examples.filter((_, i) => !known[i]))).values()
    const windows = this.#windows(examples)
    for (const [i, number] of numbers.entries()) {
      this.#targets[number] = this.#teacher.answer(known[i] ?? others.next().value!)
      this.#features[number] = windows?.[i]
      this.#heard[number] = undefined
    }
  }

  /** Of each example its features, where they do not change. */
  #windows(examples: readonly SoundExample[]): Float32Array[] | undefined {
    if (!this.#frontend) return undefined
    const all = windowsOf(this.#frontend, examples, this.#windowFrames)
    const length = all.length / examples.length
    return examples.map((_, i) => all.slice(i * length, (i + 1) * length))
  }
}

const numbersFrom = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i)
