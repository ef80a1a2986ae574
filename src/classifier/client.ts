import { LeafError } from '../error.ts'
import { type DetectedEvent, type EventOnset, eventKey, type Threshold } from '../events/index.ts'
import { type FrameInlet, openFrames } from '../frame-channel/index.ts'
import type { Metrics } from '../metrics.ts'
import { TypedEventTarget } from '../typed-events.ts'
import type { BackendName } from './backend.ts'
import type { BackendChoice, ResultSink, Scores } from './protocol.ts'
import { WorkerSession } from './worker-session.ts'

/** A model file: its bytes, or where to fetch it. */
export type ModelSource = Uint8Array | string | URL

/** How a classifier is started. */
export interface ClassifierOptions {
  model: ModelSource
  /** Names of those of the model's heads that are to score; all of them when left out. */
  heads?: readonly string[]
  /** Opens a way for frames, as `() => node.openFrames()`; asked again for every new worker. */
  frames: () => FrameInlet | Promise<FrameInlet>
  /**
   * Backends to try, in this order. Left out: WebGPU, WebAssembly, plain JavaScript, but no WebGPU that is computed in
   * software, which is far slower than WebAssembly.
   */
  backends?: readonly BackendName[]
  /** Windows that may wait for a slow backend before the oldest are dropped, 8 when left out. */
  queueWindows?: number
  /** Address of classifier.worker.js where it is not beside the library. */
  workerUrl?: string | URL
  /** Folder of TensorFlow.js's WebAssembly binaries where they are not beside the worker. */
  wasmPath?: string
}

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
  /** The classifier stopped for good. */
  error: { readonly error: LeafError }
}

/** Metrics of a classifier; names, units and meaning are in `metricsSchema`. */
export type ClassifierMetrics = Metrics<
  'queue' | 'queueDropped' | 'inferences' | 'inferenceTime' | 'backend' | 'restarts'
>

/** Restarts within `RESTART_PERIOD_MS` after which it is given up. */
const RESTART_LIMIT = 5
const RESTART_PERIOD_MS = 60_000

/** A worker that scores. */
interface Active {
  readonly session: WorkerSession
  readonly inlet: FrameInlet
  readonly backend: BackendName
  /** Events that began and have not ended. */
  readonly onsets: Map<string, EventOnset>
  /** Centre of the last window scored. */
  center: number
}

/**
 * A classifier in a worker of its own, which reads frames straight from the audio thread. Main thread. When the worker
 * crashes or loses its graphics device another one takes its place, without WebGPU if that was in use.
 */
export class Classifier extends TypedEventTarget<ClassifierEvents> {
  #options: ClassifierOptions | null = null
  #model: Uint8Array = new Uint8Array()
  #heads: readonly string[] | undefined
  /** Of the model in use, where they were changed, by `eventKey`. */
  #thresholds = new Map<string, Threshold>()
  #backends: readonly BackendName[] | undefined
  #active: Active | null = null
  /** The worker that is getting ready. */
  #pending: WorkerSession | null = null
  /** One start, swap or restart after the other. */
  #turn: Promise<unknown> = Promise.resolve()
  #disposed = false
  #restarts: number[] = []
  #restarted = 0
  /** Counts of the workers before this one. */
  #before = { queueDropped: 0, inferences: 0 }

  /**
   * Starts the worker; resolves when it is warm and scores.
   *
   * @throws LeafError `model-file` for a bad model, `arguments` for a head it has not, `classifier` when no backend gives the right scores, the frames do
   * not fit the model or the worker cannot start
   */
  async start(options: ClassifierOptions): Promise<void> {
    if (this.#options !== null) throw used()
    this.#options = options
    this.#backends = options.backends
    await this.swap(options.model, options.heads)
  }

  /**
   * Changes the model while frames come. The one in use goes on until the new one is warm, and stays when the new one
   * cannot be used. The frames have to be those of the new model's frontend.
   *
   * @param heads those of its heads that are to score; all of them when left out
   * @throws LeafError as `start` does
   */
  swap(model: ModelSource, heads?: readonly string[]): Promise<void> {
    return this.#inTurn(async () => {
      const bytes = model instanceof Uint8Array ? model : await fetchBytes(model)
      await this.#replace(bytes, heads, [])
      this.#model = bytes
      this.#heads = heads
      this.#thresholds.clear()
    })
  }

  /**
   * Changes when events of a label begin, from the next scores on; a running event whose scores never reached the new
   * threshold ends. It holds until another model is swapped in, which comes with its own.
   *
   * @param value smoothed score at which events begin, 0 to 1; they end at the same share of it as in the model
   * @param head of the label, where the model has several with a label of this name
   * @throws LeafError `arguments` for a label the model has not, one of several heads, or a value outside 0 to 1
   */
  setThreshold(label: string, value: number, head?: string): Promise<void> {
    return this.#inTurn(async () => {
      const threshold = { label, value, head }
      try {
        await this.#active?.session.setThreshold(threshold)
      } catch (error) {
        // A worker that died meanwhile: the next one gets it.
        if ((error as LeafError).code === 'arguments') throw error
      }
      // The latest goes last, as they are set again in this order.
      this.#thresholds.delete(eventKey(threshold))
      this.#thresholds.set(eventKey(threshold), threshold)
    })
  }

  /** The classifier's numbers now, added up over its workers. */
  async metrics(): Promise<ClassifierMetrics> {
    const metrics = await this.#active?.session.measure()
    return {
      queue: metrics?.queue ?? 0,
      queueDropped: this.#before.queueDropped + (metrics?.queueDropped ?? 0),
      inferences: this.#before.inferences + (metrics?.inferences ?? 0),
      inferenceTime: metrics?.inferenceTime ?? null,
      backend: metrics?.backend ?? null,
      restarts: this.#restarted,
    }
  }

  /** Ends the worker, after events still running were told with their end. */
  async dispose(): Promise<void> {
    this.#disposed = true
    this.#pending?.terminate()
    const active = this.#active
    this.#active = null
    await this.#retire(active)
  }

  #inTurn(act: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(() => {
      if (this.#disposed || this.#options === null) throw used()
      return act()
    })
    this.#turn = turn.catch(() => {})
    return turn
  }

  /** Gets a new worker ready and lets it take over. */
  async #replace(
    model: Uint8Array,
    heads: readonly string[] | undefined,
    thresholds: readonly Threshold[],
  ): Promise<void> {
    const { frames, queueWindows = 8, workerUrl, wasmPath } = this.#options!
    const session = new WorkerSession(workerUrl)
    this.#pending = session
    let inlet: FrameInlet | null = null
    try {
      inlet = await frames()
      const backends = this.#backends
      const choice = await session.load({ model, heads, backends, wasmPath, queueWindows, thresholds })
      const active: Active = { session, inlet, backend: choice.backend, onsets: new Map(), center: 0 }
      await session.run(inlet, this.#sink(active))
      if (this.#disposed) throw used()
      const previous = this.#active
      this.#active = active
      session.whenOver((reason) => this.#restart(active, reason))
      await this.#retire(previous)
      this.emit('backend', choice)
    } catch (error) {
      session.terminate()
      if (inlet) release(inlet)
      throw this.#disposed ? used() : error
    } finally {
      this.#pending = null
    }
  }

  #sink(active: Active): Omit<ResultSink, 'fault'> {
    return {
      scores: (scores) => {
        active.center = scores.center
        this.emit('scores', scores)
      },
      onset: (onset) => {
        active.onsets.set(eventKey(onset), onset)
        this.emit('onset', onset)
      },
      event: (event) => {
        active.onsets.delete(eventKey(event))
        this.emit('event', event)
      },
    }
  }

  /** Ends a worker in good order. */
  async #retire(active: Active | null): Promise<void> {
    if (active === null) return
    await active.session.stop()
    await this.#count(active)
  }

  async #count({ session }: Active): Promise<void> {
    const { queueDropped, inferences } = await session.measure()
    this.#before.queueDropped += queueDropped ?? 0
    this.#before.inferences += inferences ?? 0
  }

  /** A worker failed: ends what it left open and starts the next, unless it was replaced already. */
  #restart(active: Active, reason: string): void {
    if (this.#active !== active) return
    this.#active = null
    active.session.terminate()
    release(active.inlet)
    void this.#count(active)
    for (const onset of active.onsets.values()) {
      this.emit('event', { ...onset, end: Math.max(active.center, onset.start) })
    }
    const now = performance.now()
    this.#restarts = [...this.#restarts.filter((time) => now - time < RESTART_PERIOD_MS), now]
    if (this.#restarts.length > RESTART_LIMIT) {
      const sentence = `The classifier failed ${RESTART_LIMIT + 1} times within a minute, at last because ${reason}.`
      this.emit('error', { error: new LeafError('classifier', sentence, 'Try another backend or model.') })
      return
    }
    this.#restarted += 1
    if (active.backend === 'webgpu') this.#backends = withoutWebGpu(this.#backends)
    this.emit('restart', { reason, restarts: this.#restarted })
    this.#inTurn(async () => {
      // A swap that was under way has put a new worker in its place.
      if (this.#active === null) await this.#replace(this.#model, this.#heads, [...this.#thresholds.values()])
    }).catch((error: LeafError) => {
      if (!this.#disposed) this.emit('error', { error })
    })
  }
}

/** What knows model files is fetched when one is. */
async function fetchBytes(model: string | URL): Promise<Uint8Array> {
  const { fetchModel } = await import('../model/index.ts')
  return fetchModel(model)
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

function used(): LeafError {
  return new LeafError(
    'arguments',
    'This classifier is not started, or disposed of.',
    'Start a new one, once.',
  )
}
