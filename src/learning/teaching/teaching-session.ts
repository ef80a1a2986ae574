import { proxy, type Remote, releaseProxy, wrap } from 'comlink'
import { type Answer, unpack } from '../../answer.ts'
import { LeafError } from '../../error.ts'
import { Lifeline } from '../../lifeline.ts'
import { ScriptFailure, startWorker, watchWorker } from '../../worker-script.ts'
import type { Adapted, AdaptingProgress } from './adapted.ts'
import type { LabelledSound } from './labelled-sound.ts'
import type { TeachingProgress } from './progress.ts'
import type { AdaptingRequest, TeachingRequest, TeachingWorker } from './protocol.ts'
import type { Taught } from './taught.ts'

/** About 1 MB of one-second int16 sounds at 16 kHz: a message is copied on the main thread. Chosen, not fitted. */
const SOUNDS_PER_MESSAGE = 32

/** Lifetime of one worker. Main thread. */
export class TeachingSession {
  readonly #worker: Worker
  readonly #remote: Remote<TeachingWorker>
  readonly #life = new Lifeline()

  /** @param workerUrl default: the script the bundler emitted */
  constructor(workerUrl: string | URL | undefined) {
    try {
      const start = () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
      const started = startWorker(workerUrl, start)
      this.#worker = started.worker
      watchWorker(started, (reason) => this.#life.end(unavailable(reason)))
    } catch (cause) {
      throw unavailable(cause)
    }
    this.#remote = wrap<TeachingWorker>(this.#worker)
  }

  /** Sends sounds to the worker in chunks. */
  async sendSounds(sounds: Iterable<LabelledSound> | AsyncIterable<LabelledSound>): Promise<void> {
    let chunk: LabelledSound[] = []
    for await (const { label, recording, sound } of sounds) {
      chunk.push({ label, recording, sound })
      if (chunk.length < SOUNDS_PER_MESSAGE) continue
      await this.#life.answer(() => this.#remote.addSounds(chunk))
      chunk = []
    }
    await this.#life.answer(() => this.#remote.addSounds(chunk))
  }

  /** @throws LeafError of the job, the backends or the worker */
  train(request: TeachingRequest, onProgress: (progress: TeachingProgress) => void): Promise<Taught | null> {
    return this.#job(() => this.#remote.train(request, proxy(onProgress)))
  }

  /** @throws LeafError of the job, the backend or the worker */
  adapt(request: AdaptingRequest, onProgress: (progress: AdaptingProgress) => void): Promise<Adapted | null> {
    return this.#job(() => this.#remote.adapt(request, proxy(onProgress)))
  }

  stop(): void {
    if (this.#life.reason === null) void this.#remote.stop()
  }

  /** Terminates the worker; pending calls reject. */
  terminate(): void {
    if (this.#life.reason === null) this.#remote[releaseProxy]()
    this.#worker.terminate()
    this.#life.end(
      new LeafError(
        'training',
        'The training was ended before it was done.',
        'Train again when you need it.',
      ),
    )
  }

  async #job<Value>(ask: () => Promise<unknown>): Promise<Value> {
    try {
      return unpack((await this.#life.answer(ask)) as Answer<Value>)
    } catch (cause) {
      if (cause instanceof LeafError) throw cause
      throw failed(cause instanceof Error ? cause.message : String(cause))
    }
  }
}

function unavailable(cause: unknown): LeafError {
  return new LeafError(
    'training',
    `The worker that trains does not run: ${cause instanceof Error ? cause.message : cause}.`,
    cause instanceof ScriptFailure
      ? cause.remedy
      : 'Train again, with fewer examples if it ends again, or give the address of another teaching.worker.js as workerUrl.',
    { cause },
  )
}

function failed(reason: string): LeafError {
  return new LeafError(
    'training',
    `Training failed: ${reason}.`,
    "Try fewer examples, or the backends ['wasm'].",
  )
}
