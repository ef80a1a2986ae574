import {
  type AudioSource,
  closedContext,
  contextOf,
  createLeafNode,
  InputSelector,
  knowSource,
  type LeafNode,
  type LeafNodeOptions,
  type LiveContext,
  lifeOf,
  loadWorklet,
  requireOpen,
  type SourceChoice,
} from './audio/index.ts'
import {
  type BackendChoice,
  Classifier,
  type ClassifierEvents,
  type ClassifierOptions,
} from './classifier/index.ts'
import { LeafError } from './error.ts'
import { type LabelName, labelNames, thresholdsOf } from './events/index.ts'
import { loadPart } from './load-part.ts'
import type { Metrics } from './metrics.ts'
import type { Model } from './model/index.ts'
import { RecentMedian } from './recent-median.ts'
import { TypedEventTarget } from './typed-events.ts'

export type { SourceChoice }

export interface ListenerOptions
  extends LeafNodeOptions,
    Pick<ClassifierOptions, 'model' | 'heads' | 'backends' | 'workerUrl' | 'wasmPath'> {
  /** The context to work in. When left out one is made, and closed with the listener. */
  context?: LiveContext
}

export interface ListenOptions extends ListenerOptions {
  /** The default microphone when left out. */
  source?: SourceChoice
}

/** Events of a listener and their details: those of the classifier, and the end of the source. */
export interface ListenerEvents extends ClassifierEvents {
  /**
   * The source came to its end: a clip is over, or a microphone is lost (`error` says how; with nobody listening it goes to
   * the console).
   */
  ended: { error: LeafError | null }
}

/**
 * From sound to events in one line. Call it from a click or a key press: browsers start sound only then.
 * It resolves when the source is open; the classifier gets ready meanwhile and tells so with `backend` and `ready`. What
 * fails before it resolves, the classifier too, rejects it.
 * @throws LeafError of the source, the worklet, the model file or its heads, the classifier; `arguments` for a source that
 * is none, or a context that is closed meanwhile; `unsupported` where there is no page. Nothing is left running then
 */
export async function listen({ source = 'microphone', ...options }: ListenOptions): Promise<Listener> {
  const known = knowSource(source)
  const context = options.context ?? ((contextOf(known) ?? undefined) as LiveContext | undefined)
  const listener = await build({ ...options, context })
  await listener.open(source)
  return listener
}

/**
 * A listener without a source yet.
 * @throws LeafError of the worklet, the model file or its heads; `arguments` when the context is closed; `unsupported` where
 * there is no page. Nothing is left running then
 */
export async function createListener(options: ListenerOptions): Promise<Listener> {
  const listener = await build(options)
  await listener.open()
  return listener
}

/** A listener whose classifier is getting ready, and that is still to be opened. */
async function build(options: ListenerOptions): Promise<Listener> {
  if (options?.context === undefined) requirePage()
  if (options?.model === undefined)
    throw new LeafError(
      'arguments',
      'There is no model to listen with.',
      "Pass the address or the bytes of a model file as `model`, for instance of the package's events.safetensors.",
    )
  const context = (options.context ?? createContext()) as AudioContext
  const own = options.context === undefined
  try {
    return await lifeOf(context).answer(() => assemble(context, own, options))
  } catch (error) {
    if (own && context.state !== 'closed') await context.close()
    throw error
  }
}

async function assemble(context: AudioContext, own: boolean, options: ListenerOptions): Promise<Listener> {
  // Whatever is to be fetched is asked for at once; a failure shows where the thing is used.
  void loadWorklet(context, options.workletUrl).catch(() => {})
  const { fetchModel, readModel, selectHeads } = await loadPart(() => import('./model/index.ts'))
  const bytes =
    options.model instanceof Uint8Array
      ? options.model
      : await fetchModel(options.model, { signal: options.signal })
  const model = selectHeads(readModel(bytes), options.heads)
  const node = await createLeafNode(context, model.frontend, options)
  requireOpen(context)
  const listener = new Listener({ context, own, model, node, classifier: new Classifier() })
  const { heads, backends, workerUrl, wasmPath } = options
  listener.warm({ model: bytes, heads, frames: () => node.openFrames(), backends, workerUrl, wasmPath })
  return listener
}

/** @throws LeafError `unsupported` where nothing can be heard: in Node, in a worker */
function requirePage(): void {
  if (typeof globalThis.AudioContext === 'function') return
  throw new LeafError(
    'unsupported',
    'There is no AudioContext here.',
    'Listen in the page of a browser, not in a worker or while a server renders; in Node use the command line.',
  )
}

function createContext(): AudioContext {
  try {
    return new AudioContext()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause
    const remedy = 'Close contexts that are not needed any more, or pass one as `context`.'
    throw new LeafError('unsupported', `The browser makes no AudioContext: ${reason}`, remedy, { cause })
  }
}

/** How long a node that is to go may take to answer: some blocks of audio, on a busy machine. */
const ANSWER_MS = 200

const delay = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

/** What is passed on from the classifier as it comes. */
const FORWARDED = ['scores', 'onset', 'event', 'restart'] as const

interface Parts {
  context: AudioContext
  /** Whether the listener made the context. */
  own: boolean
  model: Model
  node: LeafNode
  classifier: Classifier
}

/** Source, node and classifier, wired. Main thread. Every part can also be used by itself. */
export class Listener extends TypedEventTarget<ListenerEvents> {
  readonly context: AudioContext
  /** With the heads that were asked for: its labels are those of the scores. */
  readonly model: Model
  readonly node: LeafNode
  readonly classifier: Classifier
  /** The labels of the scores, in their order, each with its head where the model has heads. */
  readonly labels: readonly LabelName[]
  /**
   * What the classifier computes on and why, once it is warm. Rejected with a LeafError when it cannot be had or the listener
   * is disposed of before; nobody has to wait for it.
   */
  readonly ready: Promise<BackendChoice>
  readonly #own: boolean
  readonly #input: InputSelector
  /** Seconds from the end of a window to its scores. */
  readonly #latency = new RecentMedian()
  #backend: BackendChoice | null = null
  #error: LeafError | null = null
  /** Until listen() or createListener() gives it away: what fails is thrown there. */
  #opening = true
  #resting: ReturnType<typeof setTimeout> | undefined
  #disposing: Promise<void> | null = null
  /** While dispose() lets the classifier tell its last events. */
  #telling = false
  /** Settles with the last question for metrics. */
  #asked: Promise<unknown> = Promise.resolve()
  readonly #forgetContext: () => void
  #settle!: { resolve(choice: BackendChoice): void; reject(error: unknown): void }

  /** @internal listen() and createListener() make listeners. */
  constructor({ context, own, model, node, classifier }: Parts) {
    super()
    this.context = context
    this.model = model
    this.node = node
    this.classifier = classifier
    this.#own = own
    this.labels = labelNames(model.labels, model.heads)
    this.ready = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
    this.ready.catch(() => {})
    this.#input = new InputSelector(context, node.input)
    this.#input.addEventListener('ended', ({ detail }) => this.#ended(detail.error))
    classifier.addEventListener('scores', ({ detail }) => this.#latency.add(context.currentTime - detail.end))
    classifier.addEventListener('backend', ({ detail }) => {
      this.#backend = detail
      this.#settle.resolve(detail)
      this.emit('backend', detail)
    })
    for (const name of FORWARDED) {
      classifier.addEventListener(name, ({ detail }) => this.emit(name, detail))
    }
    classifier.addEventListener('error', ({ detail }) => this.#fail(detail.error))
    node.addEventListener('error', ({ detail }) => this.#fail(detail.error))
    this.#forgetContext = lifeOf(context).whenOver(() => this.#contextClosed())
  }

  /** What the classifier computes on and why; null until it is warm, which may be before listen() resolves. */
  get backend(): BackendChoice | null {
    return this.#backend
  }

  /** What failed last, of all that `error` and `ended` tell; null if nothing did. It stays when things go on. */
  get error(): LeafError | null {
    return this.#error
  }

  /** What it listens to now: a Microphone, a FileSource, or the source made of a node, a stream or an element. */
  get source(): AudioSource | null {
    return this.#input.source
  }

  /**
   * Smoothed scores at which events begin, 0 to 1, by label; by "head/label" where the model has heads. A copy: they are
   * changed by setThreshold().
   */
  get thresholds(): Readonly<Record<string, number>> {
    return this.classifier.thresholds ?? Object.freeze(thresholdsOf(this.labels, this.model.decoding.labels))
  }

  /**
   * Changes when events of a label begin, from the next scores on; a running event whose scores never reached the new
   * threshold ends. While the classifier is getting ready it waits for it.
   * @param value 0 to 1; events end at the same share of it as in the model
   * @param head of the label, where the model has several with a label of this name
   * @throws LeafError `arguments` for a label the model has not, one of several heads, or a value outside 0 to 1, and once
   * the listener is disposed of
   */
  async setThreshold(label: string, value: number, head?: string): Promise<void> {
    this.#requireAlive()
    await this.classifier.setThreshold(label, value, head)
  }

  /**
   * Listens to another source in the place of the present one; a clip is heard as well. The present source goes on until
   * the new one is open, and when it cannot be; only a microphone is let go before another one is asked for.
   * @returns false when a later start(), stop() or dispose() overtook it
   * @throws LeafError of the source; `arguments` for one that is none or of another context, once the context is closed, and
   * once the listener is disposed of
   */
  async start(choice: SourceChoice): Promise<boolean> {
    this.#requireAlive()
    clearTimeout(this.#resting)
    try {
      const source = await this.#input.start(choice)
      if (source === null && !this.#disposing) requireOpen(this.context)
      return source !== null
    } catch (error) {
      if (!this.source && !this.#input.opening) this.#restLater()
      throw error
    }
  }

  /**
   * Ends the source: a microphone is switched off at once. The classifier hears silence for as long as it takes to
   * end the events still running, then a context of the listener's own rests. All is warm for the next start(). After
   * dispose() it does nothing.
   */
  stop(): void {
    if (this.#disposing) return
    this.#input.stop()
    this.#restLater()
  }

  /**
   * The numbers of all parts now; names, units and meaning are in `metricsSchema`. While dispose() tells the last events they
   * can still be asked for.
   * @throws LeafError `arguments` once the listener is disposed of or its context closed, `worklet-failed` once that broke
   */
  async metrics(): Promise<Metrics> {
    if (!this.#telling) this.#requireAlive()
    const asked = Promise.all([this.node.metrics(), this.classifier.metrics()])
    this.#asked = asked.catch(() => {})
    const [node, classifier] = await asked
    return { ...node, ...classifier, latency: this.#latency.value }
  }

  /**
   * Ends everything for good and frees it, after the events still running were told with their end. Calling it again gives
   * the same promise. It never rejects, whoever closed the context.
   */
  dispose(): Promise<void> {
    this.#disposing ??= this.#end()
    return this.#disposing
  }

  /** @internal Starts the classifier; a failure is told as `error`. */
  warm(options: ClassifierOptions): void {
    this.classifier.start(options).catch((error) => {
      this.#settle.reject(error)
      if (!this.#disposing) this.#fail(error)
    })
  }

  /**
   * @internal Ends the time in which nobody can listen to it yet. What failed in it is thrown, and nothing is left running.
   * @param source to start with, if any
   */
  async open(source?: SourceChoice): Promise<void> {
    try {
      if (source !== undefined) {
        const started = this.start(source)
        started.catch(() => {})
        await Promise.race([started, this.ready.then(() => started)])
      }
      if (this.#error) throw this.#error
      this.#opening = false
    } catch (error) {
      await this.dispose()
      throw error
    }
  }

  async #end(): Promise<void> {
    // First of all: what the end itself closes is no news.
    this.#forgetContext()
    clearTimeout(this.#resting)
    this.#input.stop()
    this.#telling = this.context.state !== 'closed'
    await this.classifier.dispose()
    // What a handler of the last events asked is answered before the node goes; one that stands still answers nobody.
    await Promise.race([this.#asked, delay(ANSWER_MS)])
    this.#telling = false
    await this.node.dispose()
    if (this.#ownContext && this.context.state !== 'closed') await this.context.close().catch(() => {})
  }

  #requireAlive(): void {
    if (this.#disposing)
      throw new LeafError('arguments', 'This listener was disposed of.', 'Create a new one.')
    requireOpen(this.context)
  }

  /** Whether the context rests and ends with the listener; without it an element that sounds through it is silent. */
  get #ownContext(): boolean {
    return this.#own && !this.#input.carries
  }

  #fail(error: LeafError): void {
    this.#error = error
    if (!this.#opening) this.report('error', { error })
  }

  #ended(error: LeafError | null): void {
    if (!this.source && !this.#input.opening) this.#restLater()
    if (error) {
      this.#error = error
      this.report('ended', { error })
    } else this.emit('ended', { error: null })
  }

  #contextClosed(): void {
    clearTimeout(this.#resting)
    this.#input.stop()
    this.classifier.endEvents(this.context.currentTime)
    this.#fail(closedContext())
  }

  #restLater(): void {
    clearTimeout(this.#resting)
    this.#resting = setTimeout(() => this.#rest(), settlingSeconds(this.model) * 1000)
  }

  /** After the silence: what even silence did not end (it may be a label itself) ends here. */
  #rest(): void {
    this.classifier.endEvents(this.context.currentTime)
    if (this.#ownContext) this.context.suspend().catch(() => {})
  }
}

/** Seconds of silence after which every event has ended: a window without sound, its smoothing, the merge gap. */
function settlingSeconds({ classifier, decoding, frontend }: Model): number {
  const window = (classifier.windowFrames * frontend.hopMs) / 1000
  return window + 4 * decoding.smoothingSeconds + decoding.mergeGapSeconds + 0.5
}
