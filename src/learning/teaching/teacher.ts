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

/** Options of a Teacher. */
export interface TeacherOptions {
  /** Backends to try, in order; default WebGPU if there is a GPU, then WebAssembly. */
  readonly backends?: readonly TrainingBackend[]
  /** URL of teaching.worker.js; default beside the library. */
  readonly workerUrl?: string | URL
  /** Folder of TensorFlow.js's WebAssembly binaries; default beside the worker. */
  readonly wasmPath?: string
}

/** Options of `Teacher.train`. */
export interface TrainOptions {
  /** Model file with a classifier; not modified. */
  readonly base: Uint8Array
  /** At least two classes of at least two examples, such as `store.examples()`. */
  readonly examples: Iterable<LabelledSound> | AsyncIterable<LabelledSound>
  /** What is trained: the last layer, PCEN as well, or everything. */
  readonly learn: TeachingChoice
  /** Integer, default 1. The same seed, examples and backend give the same model. */
  readonly seed?: number
  /** Steps of the last stage, 1 to 100 000; default from the choice and the number of examples. */
  readonly steps?: number
  /** Name of the model, default "taught". */
  readonly name?: string
  /** Called up to 30 times a second, and after every validation. */
  readonly onProgress?: (progress: TeachingProgress) => void
}

/** Options of `Teacher.adapt`. */
export interface AdaptOptions extends RoomNoise {
  /** Model file with PCEN and without heads, such as a taught one; not modified. */
  readonly model: Uint8Array
  /**
   * At least two of the model's classes with two examples each, and ten seconds in all; other labels are ignored. Half of
   * each class, rounded down, is trained on. Examples under a second are padded to one.
   */
  readonly examples: Iterable<LabelledSound> | AsyncIterable<LabelledSound>
  /** Integer, default 1. The same seed, examples and noise give the same model. */
  readonly seed?: number
  /** Called up to 30 times a second. */
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
/** Chosen, not fitted: rejects a typing error. */
const MAX_STEPS = 100_000

/**
 * Trains a model on new classes, or adapts it to a room. Each job runs in a new worker, terminated afterwards to free its
 * memory. Main thread.
 */
export class Teacher {
  readonly #options: TeacherOptions
  #session: TeachingSession | null = null

  /** @throws LeafError `arguments` for an unknown option */
  constructor(options: TeacherOptions = {}) {
    requireOptions('A Teacher', options, TEACHER_OPTIONS)
    this.#options = options
  }

  /**
   * Trains on new classes.
   *
   * @returns the best checkpoint on held-out examples; null if stopped before anything was trained
   * @throws LeafError `arguments` for invalid examples or options or while another job runs, `model-file` for a base that
   * is not a model file or has no dense last layer, `training` if the worker does not start, fails or is disposed
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
   * Adapts a model's PCEN to a noisy room: trains on half of the examples mixed with the noise, and measures the other
   * half before and after. Filters and classifier stay frozen. Runs on WebAssembly.
   *
   * @returns the adapted model and its accuracy, which may be lower; null if stopped early
   * @throws LeafError `arguments` for an invalid model, examples or noise or while another job runs, `model-file` for a
   * model that is not a model file, `training` if the worker does not start, fails or is disposed
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
   * Ends the running job after the current step: `train` resolves with the best checkpoint so far, `adapt` with null.
   * No-op if idle.
   */
  stop(): void {
    this.#session?.stop()
  }

  /** Terminates the running job at once; its promise rejects. */
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
      await session.sendSounds(examples)
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
  if (steps === undefined || (Number.isInteger(steps) && steps >= 1 && steps <= MAX_STEPS)) return
  throw refused(`The number of steps is ${steps}.`, `Give a whole number from 1 to ${MAX_STEPS}.`)
}
