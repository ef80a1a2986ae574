import { type OptionNames, requireOptions } from '../../known-options.ts'
import { refused } from '../refused.ts'
import type { Adapted, AdaptingProgress } from './adapted.ts'
import { CHOICES, type TeachingChoice } from './choice.ts'
import type { LabelledSound } from './labelled-sound.ts'
import type { TeachingProgress } from './progress.ts'
import type { TrainingBackend } from './protocol.ts'
import type { RoomNoise } from './room-noise.ts'
import type { Taught } from './taught.ts'
import { TeachingSession } from './teaching-session.ts'

/** Where the worker that trains and its parts are found. */
export interface TeacherOptions {
  /** Backends to train on, tried in this order. Left out: WebGPU on a graphics card, WebAssembly. */
  readonly backends?: readonly TrainingBackend[]
  /** Address of teaching.worker.js where it is not beside the library. */
  readonly workerUrl?: string | URL
  /** Folder of TensorFlow.js's WebAssembly binaries where they are not beside the worker. */
  readonly wasmPath?: string
}

/** What is taught, and on top of which model. */
export interface TrainOptions {
  /** The bytes of a model file with a classifier; not changed. */
  readonly base: Uint8Array
  /** At least two classes of at least two examples, such as `store.examples()`. */
  readonly examples: Iterable<LabelledSound> | AsyncIterable<LabelledSound>
  /** The last layer; PCEN as well; or everything. */
  readonly learn: TeachingChoice
  /** A whole number, 1 when left out: the same seed, examples and backend, the same model. */
  readonly seed?: number
  /** Steps of the last stage, 1 to 100 000; left out, as many as suit the choice and the number of examples. */
  readonly steps?: number
  /** Name of the model, "taught" when left out. */
  readonly name?: string
  /** Called several times a second while it trains. */
  readonly onProgress?: (progress: TeachingProgress) => void
}

export interface AdaptOptions extends RoomNoise {
  /** The bytes of a model file with PCEN and without heads, such as a taught one; not changed. */
  readonly model: Uint8Array
  /**
   * At least two of its classes of at least two examples, and ten seconds in all; those of which the model has no label
   * are passed over. Half is learned from, of an odd number in a class the smaller one; one shorter than a second is
   * heard for a second.
   */
  readonly examples: Iterable<LabelledSound> | AsyncIterable<LabelledSound>
  /** A whole number, 1 when left out: the same seed, examples and noise, the same model. */
  readonly seed?: number
  /** Called several times a second while it adapts. */
  readonly onProgress?: (progress: AdaptingProgress) => void
}

const TEACHER_OPTIONS: OptionNames<TeacherOptions> = { backends: true, workerUrl: true, wasmPath: true }
const TRAIN_OPTIONS: OptionNames<TrainOptions> = {
  base: true,
  examples: true,
  learn: true,
  seed: true,
  steps: true,
  name: true,
  onProgress: true,
}
const ADAPT_OPTIONS: OptionNames<AdaptOptions> = {
  model: true,
  examples: true,
  noise: true,
  snr: true,
  quiet: true,
  seed: true,
  onProgress: true,
}
const MOST_STEPS = 100_000

/**
 * Teaches a model new classes, or adapts it to a room, in a worker of its own, which it starts for each time and ends
 * after it, so that its memory is given back. Main thread.
 */
export class Teacher {
  readonly #options: TeacherOptions
  #session: TeachingSession | null = null

  /** @throws LeafError `arguments` for an option that is none */
  constructor(options: TeacherOptions = {}) {
    requireOptions('A Teacher', options, TEACHER_OPTIONS)
    this.#options = options
  }

  /**
   * @returns what was learned, the best on held-out examples; null when it was stopped before anything was learned
   * @throws LeafError `arguments` for examples or options that do not fit or while another training is under way,
   * `model-file` for a base that is no model file or has no dense last layer, `training` when the worker does not
   * start, fails or is disposed of
   */
  async train(options: TrainOptions): Promise<Taught | null> {
    requireOptions('train()', options, TRAIN_OPTIONS)
    const { base, examples, learn, seed = 1, steps, name = 'taught', onProgress } = options
    checkChoice(learn)
    checkNumbers(seed, steps)
    const { backends, wasmPath } = this.#options
    const request = { base, learn, seed, steps, name, when: new Date(), backends, wasmPath }
    return this.#inSession(examples, (session) => session.train(request, onProgress ?? (() => {})))
  }

  /**
   * Adapts a model to a noisy room: PCEN learns from half of the examples, heard under its noise; the other half is
   * measured before and after. Filters and classifier stay as they are. On WebAssembly.
   *
   * @returns the adapted model and how well it does, which may be worse; null when it was stopped before its end
   * @throws LeafError `arguments` for a model, examples or a noise that do not fit or while a training is under way,
   * `model-file` for a model that is no model file, `training` when the worker does not start, fails or is disposed of
   */
  async adapt(options: AdaptOptions): Promise<Adapted | null> {
    requireOptions('adapt()', options, ADAPT_OPTIONS)
    const { model, examples, noise, snr, quiet, seed = 1, onProgress } = options
    checkNumbers(seed, undefined)
    const { wasmPath } = this.#options
    const request = { model, noise, snr, quiet, seed, when: new Date(), wasmPath }
    return this.#inSession(examples, (session) => session.adapt(request, onProgress ?? (() => {})))
  }

  /**
   * Makes the present step the last one: a training then ends with the best so far, an adaptation without a result.
   * Nothing where neither is under way.
   */
  stop(): void {
    this.#session?.stop()
  }

  /** Ends what is under way at once and without a result. */
  dispose(): void {
    this.#session?.terminate()
  }

  async #inSession<Result>(
    examples: TrainOptions['examples'],
    work: (session: TeachingSession) => Promise<Result>,
  ): Promise<Result> {
    if (this.#session) {
      throw refused('A training is under way.', 'Stop it and wait for its end, or make another Teacher.')
    }
    const session = new TeachingSession(this.#options.workerUrl)
    this.#session = session
    try {
      await session.give(examples)
      return await work(session)
    } finally {
      session.terminate()
      if (this.#session === session) this.#session = null
    }
  }
}

function checkChoice(learn: string): void {
  if (CHOICES.some((choice) => choice === learn)) return
  throw refused(`There is no choice "${learn}" of what to learn.`, `Give one of ${CHOICES.join(', ')}.`)
}

function checkNumbers(seed: number, steps: number | undefined): void {
  if (!Number.isInteger(seed)) throw refused(`The seed is ${seed}.`, 'Give a whole number.')
  if (steps === undefined || (Number.isInteger(steps) && steps >= 1 && steps <= MOST_STEPS)) return
  throw refused(`The number of steps is ${steps}.`, `Give a whole number from 1 to ${MOST_STEPS}.`)
}
