import { LeafError } from '../error.ts'
import {
  type DecodingOptions,
  DecodingSettings,
  type DetectedEvent,
  type EventOnset,
  labelKey,
  RunningEvents,
} from '../events/index.ts'
import { type FrameInlet, openFrames } from '../frame-channel/index.ts'
import type { BackendName } from '../inference/index.ts'
import { requireOptions } from '../known-options.ts'
import { loadPart } from '../load-part.ts'
import type { Metrics } from '../metrics.ts'
import type { ModelSource } from '../model/index.ts'
import { TypedEventTarget } from '../typed-events.ts'
import { CLASSIFIER_OPTIONS, type ClassifierOptions } from './classifier-options.ts'
import type { BackendChoice, Legacy, ResultSink, Scores } from './protocol.ts'
import { WorkerSession } from './worker-session.ts'

/** Events of a classifier and their details. */
export interface ClassifierEvents {
  /** A backend was chosen and is warm. */
  backend: BackendChoice
  scores: Scores
  /** An event began; its end follows as `event`, with the same head, label and start. */
  onset: EventOnset
  event: DetectedEvent
  /** The worker crashed or lost its device, and another one is being started. */
  restart: { readonly reason: string; readonly restarts: number }
  /** The classifier stopped for good. With nobody listening it goes to the console. */
  error: { readonly error: LeafError }
}

/** Metrics of a classifier; names, units and meaning are in `metricsSchema`. */
export type ClassifierMetrics = Metrics<
  'queue' | 'queueDropped' | 'inferences' | 'inferenceTime' | 'backend' | 'restarts'
>

/** Failures in a row, each within `PROVEN_MS` of a worker's start to score, after which it is given up. */
const RESTART_LIMIT = 5
/** A worker that has scored for so long has proven itself, however long it took to get ready. */
const PROVEN_MS = 60_000

/** A worker that scores. */
interface Active {
  readonly session: WorkerSession
  readonly inlet: FrameInlet
  readonly backend: BackendName
  /** When it began to score, on the page's clock, milliseconds. */
  readonly began: number
  /** Centre of the last frame scored, seconds on the clock of the frames. */
  heard: number
  /** It failed: what still comes from it is not told. */
  failed: boolean
  /** Its counts are among those of the workers before. */
  counted: boolean
  /** Once it is being ended in good order. */
  retiring?: Promise<Legacy | null>
}

/**
 * A classifier in a worker of its own, which reads frames straight from the audio thread. Main thread. When the worker
 * crashes or loses its graphics device another one takes its place, without WebGPU if that was in use.
 */
export class Classifier extends TypedEventTarget<ClassifierEvents> {
  #options: ClassifierOptions | null = null
  #model: Uint8Array | null = null
  #heads: readonly string[] | undefined
  /** Of the model in use. */
  #settings: DecodingSettings | null = null
  /** Events that began and have not ended. */
  readonly #running = new RunningEvents()
  #backends: readonly BackendName[] | undefined
  #active: Active | null = null
  /** The worker that is getting ready. */
  #pending: WorkerSession | null = null
  /** One start, swap or restart after the other. */
  #turn: Promise<unknown> = Promise.resolve()
  #disposing: Promise<void> | null = null
  /** Failures since a worker proved itself. */
  #failures = 0
  #restarted = 0
  /** Counts of the workers before this one. */
  #before = { queueDropped: 0, inferences: 0 }

  /**
   * Starts the worker; resolves when it is warm and scores.
   *
   * @throws LeafError `model-file` for a bad model, `arguments` for an option that is none, a head it has not, for a second start and once it is
   * disposed of, `classifier` when no backend gives the right scores, the frames do not fit the model or the worker cannot
   * start
   */
  async start(options: ClassifierOptions): Promise<void> {
    this.#requireAlive()
    if (this.#options !== null)
      throw new LeafError(
        'arguments',
        'This classifier was started before.',
        'Use swap() for another model, or a new classifier.',
      )
    requireOptions('The classifier', options, CLASSIFIER_OPTIONS)
    this.#options = options
    this.#backends = options.backends
    const { model, heads, thresholds, labels, decoding } = options
    await this.#put(model, heads, { thresholds, labels, decoding })
  }

  /**
   * Changes the model while frames come. The one in use goes on until the new one is warm, and stays when the new one
   * cannot be used. The frames have to be those of the new model's frontend; where the models have the same one, the new
   * model goes on with the window that would have been the next, so that none is left out.
   *
   * @param heads those of its heads that are to score; all of them when left out
   * @param signal gives up the new model, while it is fetched or gets ready
   * @throws LeafError as `start` does, and `arguments` naming the option that is none; the signal's reason
   */
  async swap(
    model: ModelSource,
    heads?: readonly string[],
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<void> {
    requireOptions('swap()', options, { signal: true })
    return this.#put(model, heads, {}, options.signal)
  }

  /** Smoothed scores at which events begin, 0 to 1, by label or "head/label", as they are now; null until it is warm. */
  get thresholds(): Readonly<Record<string, number>> | null {
    return this.#settings?.thresholds ?? null
  }

  /**
   * Changes from the next scores on how they become events: thresholds, labels of which events are told, times. A running
   * event that would not have begun with its new threshold ends, and so does one of a label that is told no more. It
   * holds until another model is swapped in, which comes with its own.
   *
   * @throws LeafError `arguments` for a label the model has not or several heads have, for numbers out of range, and where
   * there is no model in use; nothing is changed then
   */
  setOptions(options: DecodingOptions): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#settings === null) throw notStarted()
      this.#settings.set(options)
      // A worker that died meanwhile: the next one gets it.
      await this.#active?.session.setOptions(options).catch(() => {})
    })
  }

  /**
   * One threshold by `setOptions`.
   *
   * @param value smoothed score at which events begin, 0 to 1, at 1 none; they end at the same share of it as in the model
   * @param head of the label, where the model has several with a label of this name
   * @throws LeafError as `setOptions`
   */
  setThreshold(label: string, value: number, head?: string): Promise<void> {
    return this.setOptions({ thresholds: { [labelKey({ label, head })]: value } })
  }

  /**
   * Ends the events that are running, for instance because their source ended; each is told as `event`, and its worker's
   * end of it no longer.
   * @param time seconds on the clock of the scores
   */
  endEvents(time: number): void {
    for (const event of this.#running.endAll(time)) this.emit('event', event)
  }

  /** The classifier's numbers now, added up over its workers. */
  async metrics(): Promise<ClassifierMetrics> {
    const active = this.#active
    const metrics = await active?.session.measure()
    const present = active?.counted ? undefined : metrics
    return {
      queue: present?.queue ?? 0,
      queueDropped: this.#before.queueDropped + (present?.queueDropped ?? 0),
      inferences: this.#before.inferences + (present?.inferences ?? 0),
      inferenceTime: metrics?.inferenceTime ?? null,
      backend: metrics?.backend ?? null,
      restarts: this.#restarted,
    }
  }

  /**
   * Ends the worker, after events still running were told with their end: within about one inference. What waits for the
   * classifier is rejected. Calling it again gives the same promise.
   */
  dispose(): Promise<void> {
    this.#disposing ??= this.#end()
    return this.#disposing
  }

  async #end(): Promise<void> {
    this.#pending?.terminate()
    const active = this.#active
    this.#active = null
    await this.#retire(active)
  }

  #put(
    model: ModelSource,
    heads: readonly string[] | undefined,
    options: DecodingOptions,
    signal?: AbortSignal,
  ): Promise<void> {
    return this.#inTurn(async () => {
      signal?.throwIfAborted()
      const bytes = await bytesOf(model, signal)
      await this.#replace(bytes, heads, options, signal)
      this.#model = bytes
      this.#heads = heads
    })
  }

  #inTurn(act: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(() => {
      this.#requireAlive()
      if (this.#options === null) throw notStarted()
      return act()
    })
    this.#turn = turn.catch(() => {})
    return turn
  }

  #requireAlive(): void {
    if (this.#disposing)
      throw new LeafError('arguments', 'This classifier was disposed of.', 'Create a new one.')
  }

  /**
   * Gets a new worker ready and lets it take over.
   * @param options how its scores become events, where not as in the model
   */
  async #replace(
    model: Uint8Array,
    heads: readonly string[] | undefined,
    options: DecodingOptions,
    signal?: AbortSignal,
  ): Promise<void> {
    this.#requireAlive()
    const { frames, queueWindows = 8, readySeconds = 60, workerUrl, wasmPath } = this.#options!
    const session = new WorkerSession(workerUrl)
    this.#pending = session
    let inlet: FrameInlet | null = null
    try {
      inlet = await frames()
      const wanted = {
        model,
        heads,
        backends: this.#backends,
        wasmPath: wasmPath && String(wasmPath),
        queueWindows,
        decoding: options,
      }
      const { names, decoding, choice } = await session.load(
        { ...wanted, channels: inlet.channels },
        readySeconds,
        signal,
      )
      const settings = new DecodingSettings(names, decoding)
      settings.set(options)
      const legacy = await this.#retire(this.#active)
      this.#requireAlive()
      const active: Active = {
        session,
        inlet,
        backend: choice.backend,
        began: performance.now(),
        heard: 0,
        failed: false,
        counted: false,
      }
      this.#active = active
      session.whenOver((reason) => this.#restart(active, reason))
      await session.run(inlet, legacy, this.#sink(active))
      this.#requireAlive()
      this.#settings = settings
      this.emit('backend', choice)
    } catch (error) {
      session.terminate()
      if (inlet) release(inlet)
      this.#requireAlive()
      throw error
    } finally {
      this.#pending = null
    }
  }

  #sink(active: Active): Omit<ResultSink, 'fault'> {
    return {
      scores: (scores) => {
        if (active.failed) return
        active.heard = scores.end
        this.emit('scores', scores)
      },
      onset: (onset) => {
        if (active.failed) return
        this.#running.begin(onset)
        this.emit('onset', onset)
      },
      event: (event) => {
        if (!active.failed && this.#running.end(event)) this.emit('event', event)
      },
    }
  }

  /** Ends a worker in good order. @returns what the next one can go on with */
  async #retire(active: Active | null): Promise<Legacy | null> {
    if (active === null) return null
    active.retiring ??= active.session.stop().then(async (legacy) => {
      await this.#count(active)
      if (!active.failed) this.endEvents(active.heard)
      return legacy
    })
    return active.retiring
  }

  async #count(active: Active): Promise<void> {
    const { queueDropped, inferences } = await active.session.measure()
    active.counted = true
    this.#before.queueDropped += queueDropped ?? 0
    this.#before.inferences += inferences ?? 0
  }

  /** A worker failed: ends what it left open and starts the next, unless it was replaced already. */
  #restart(active: Active, reason: string): void {
    // One that was to end has.
    if (this.#active !== active || active.retiring) return
    this.#active = null
    active.failed = true
    active.session.terminate()
    release(active.inlet)
    void this.#count(active)
    this.endEvents(active.heard)
    // The first one, for which start() still waits: that rejects.
    if (this.#model === null) return
    this.#failures = performance.now() - active.began < PROVEN_MS ? this.#failures + 1 : 1
    if (this.#failures > RESTART_LIMIT) {
      const sentence = `The classifier failed ${RESTART_LIMIT + 1} times within a minute of its start, at last because ${reason}.`
      this.report('error', { error: new LeafError('classifier', sentence, 'Try another backend or model.') })
      return
    }
    this.#restarted += 1
    if (active.backend === 'webgpu') this.#backends = withoutWebGpu(this.#backends)
    this.emit('restart', { reason, restarts: this.#restarted })
    this.#inTurn(async () => {
      // A swap that was under way has put a new worker in its place.
      if (this.#active === null) await this.#replace(this.#model!, this.#heads, this.#settings?.changes ?? {})
    }).catch((error: LeafError) => {
      if (!this.#disposing) this.report('error', { error })
    })
  }
}

/** What knows model files is fetched when one is. */
async function bytesOf(model: ModelSource, signal?: AbortSignal): Promise<Uint8Array> {
  const { modelBytes } = await loadPart(() => import('../model/index.ts'))
  return modelBytes(model, { signal })
}

/** Tells the audio thread to let go of an inlet; in vain when it is a port that went with its worker. */
function release(inlet: FrameInlet): void {
  openFrames(inlet).close()
}

/** What is left to try after a graphics device was lost; WebGPU again when there is nothing else. */
function withoutWebGpu(backends: readonly BackendName[] = ['wasm', 'cpu']): readonly BackendName[] {
  const others = backends.filter((name) => name !== 'webgpu')
  return others.length > 0 ? others : backends
}

function notStarted(): LeafError {
  return new LeafError('arguments', 'This classifier is not started.', 'Call start() first, once.')
}
