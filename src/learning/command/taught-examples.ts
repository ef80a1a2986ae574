import type { HeardExample, Teacher, WholeClip } from '../distillation/index.ts'
import type { Example, ExampleSource, SoundBatch, SoundExample } from '../examples/index.ts'
import type { Random } from '../random/index.ts'

/** What a frontend that stays as it is makes of sounds: of each the network's window, [windowFrames, channels]. */
type Windows = (examples: readonly SoundExample[]) => readonly Float32Array[]

/** Examples that the teacher hears in one go before he knows the labels: their sounds are let go of in between. */
const AT_ONCE = 64

/**
 * Examples with what a teacher says of each. They come again after the last one: hearing costs several times what
 * learning does, so what he said is kept, and beside it, where the frontend stays as it is, its features in place of the
 * sound. That is two kilobytes an example for YAMNet's labels, and fifteen for 96 frames of 40 channels.
 */
export class TaughtExamples {
  readonly #source: ExampleSource<SoundExample>
  readonly #teacher: Teacher
  readonly #count: number
  readonly #windows: Windows | undefined
  /** By their numbers: what was heard before the teacher knew the student's labels, his answers, and features. */
  readonly #heard: (HeardExample | undefined)[] = []
  readonly #targets: (Float32Array | undefined)[] = []
  readonly #features: (Float32Array | undefined)[] = []

  /** @param count examples before they come again */
  constructor(
    source: ExampleSource<SoundExample>,
    teacher: Teacher,
    count: number,
    windows: Windows | undefined,
  ) {
    this.#source = source
    this.#teacher = teacher
    this.#count = count
    this.#windows = windows
  }

  /** @param first so many examples he learns from beside the clips */
  async learnLabels(clips: Iterable<WholeClip>, first: number, random: Random): Promise<void> {
    const learned: HeardExample[] = []
    for (let from = 0; from < Math.min(first, this.#count); from += AT_ONCE) {
      const numbers = numbersFrom(from, Math.min(AT_ONCE, first - from, this.#count - from))
      learned.push(...(await this.#teacher.hear(numbers.map((number) => this.#source.make(number)))))
    }
    await this.#teacher.learnLabels(clips, learned, random)
    this.#heard.push(...learned)
  }

  /** To be called behind `learnLabels`. */
  async batch(index: number, size: number): Promise<SoundBatch> {
    const numbers = numbersFrom(index * size, size).map((number) => number % this.#count)
    const made = numbers.map((number) => (this.#features[number] ? undefined : this.#source.make(number)))
    const places = numbers.flatMap((number, place) => (this.#targets[number] ? [] : [place]))
    await this.#answer(
      places.map((place) => numbers[place]),
      places.map((place) => made[place]!),
    )
    return {
      index,
      examples: numbers.map((number, place): Example => {
        const target = this.#targets[number]!
        const features = this.#features[number]
        return features ? { features, firstFrame: 0, target } : { ...made[place]!, target }
      }),
    }
  }

  async #answer(numbers: readonly number[], examples: readonly SoundExample[]): Promise<void> {
    // Batches may be made at the same time: what is there now may be let go of meanwhile.
    const known = numbers.map((number) => this.#heard[number])
    const others = (await this.#teacher.hear(examples.filter((_, i) => !known[i]))).values()
    const windows = this.#windows?.(examples)
    for (const [i, number] of numbers.entries()) {
      this.#targets[number] = this.#teacher.answer(known[i] ?? others.next().value!)
      this.#features[number] = windows?.[i]
      this.#heard[number] = undefined
    }
  }
}

const numbersFrom = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i)
