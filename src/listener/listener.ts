import {
  type AudioSource,
  closedContext,
  InputSelector,
  type LeafNode,
  lifeOf,
  PageClock,
  type Recorder,
  type Recording,
  requireOpen,
  type SourceChoice,
} from '../audio/index.ts'
import type { BackendChoice, Classifier, ClassifierEvents, ClassifierOptions } from '../classifier/index.ts'
import { LeafError } from '../error.ts'
import {
  type DecodingOptions,
  type DetectedEvent,
  type LabelName,
  labelKey,
  labelNames,
} from '../events/index.ts'
import type { Metrics } from '../metrics.ts'
import type { Model } from '../model/index.ts'
import { RecentMedian } from '../recent-median.ts'
import { TypedEventTarget } from '../typed-events.ts'
import { unlessAborted } from '../unless-aborted.ts'
import { HeardEvent, HeardOnset, HeardScores } from './heard.ts'

/** Events of a listener and their details: those of the classifier, and the end of the source. */
export interface ListenerEvents extends ClassifierEvents {
  scores: HeardScores
  onset: HeardOnset
  event: HeardEvent
  /**
   * The source came to its end: a clip is over, or a microphone is lost (`error` says how; with nobody listening it goes to
   * the console).
   */
  ended: { error: LeafError | null }
}

/** How long a node that is to go may take to answer: some blocks of audio, on a busy machine. */
const ANSWER_MS = 200

const delay = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

interface Parts {
  context: AudioContext
  /** Whether the listener made the context. */
  own: boolean
  model: Model
  node: LeafNode
  classifier: Classifier
  /** What remembers the sound, if it is to be. */
  recorder: Recorder | null
  /** Smoothed scores at which events begin until the classifier is warm, by label. */
  thresholds: Readonly<Record<string, number>>
  /** Aborting it ends the listener. */
  signal: AbortSignal | undefined
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
  readonly #recorder: Recorder | null
  readonly #thresholds: Readonly<Record<string, number>>
  readonly #signal: AbortSignal | undefined
  readonly #abort = (): void => void this.dispose()
  readonly #clock: PageClock
  readonly #input: InputSelector
  /** Seconds from the end of a window to its scores. */
  readonly #latency = new RecentMedian()
  #backend: BackendChoice | null = null
  #error: LeafError | null = null
  /** Until listen() or createListener() gives it away: what fails is thrown there. */
  #opening = true
  /** What start() takes when nothing is named: what was opened last. */
  #choice: SourceChoice = 'microphone'
  #resting: ReturnType<typeof setTimeout> | undefined
  #disposing: Promise<void> | null = null
  /** While dispose() lets the classifier tell its last events. */
  #telling = false
  /** Settles with the last question for metrics or for the sound of an event. */
  #asked: Promise<unknown> = Promise.resolve()
  readonly #forgetContext: () => void
  #settle!: { resolve(choice: BackendChoice): void; reject(error: unknown): void }

  /** @internal listen() and createListener() make listeners. */
  constructor({ context, own, model, node, classifier, recorder, thresholds, signal }: Parts) {
    super()
    this.context = context
    this.model = model
    this.node = node
    this.classifier = classifier
    this.#own = own
    this.#recorder = recorder
    this.#thresholds = thresholds
    this.#signal = signal
    signal?.addEventListener('abort', this.#abort)
    this.#clock = new PageClock(context)
    this.labels = labelNames(model.labels, model.heads)
    this.ready = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
    this.ready.catch(() => {})
    this.#input = new InputSelector(context, node.input)
    this.#input.addEventListener('ended', ({ detail }) => this.#ended(detail.error))
    classifier.addEventListener('scores', ({ detail }) => {
      this.#latency.add(context.currentTime - detail.end)
      this.emit('scores', new HeardScores(detail, this.#clock, this.labels))
    })
    classifier.addEventListener('onset', ({ detail }) =>
      this.emit('onset', new HeardOnset(detail, this.#clock)),
    )
    classifier.addEventListener('event', ({ detail }) =>
      this.emit('event', new HeardEvent(detail, this.#clock, (event) => this.#cut(event))),
    )
    classifier.addEventListener('restart', ({ detail }) => this.emit('restart', detail))
    classifier.addEventListener('backend', ({ detail }) => {
      this.#backend = detail
      this.#settle.resolve(detail)
      this.emit('backend', detail)
    })
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

  /** Whether it listens to nothing: before the first start(), after stop(), and when a clip or a stream came to its end. */
  get paused(): boolean {
    return this.source === null
  }

  /**
   * Smoothed scores at which events begin, 0 to 1, by label; by "head/label" where the model has heads. A copy that cannot
   * be written to: they are changed by setOptions().
   */
  get thresholds(): Readonly<Record<string, number>> {
    return this.classifier.thresholds ?? this.#thresholds
  }

  /**
   * Changes from the next scores on how they become events: `thresholds`, `labels` of which events are told, `decoding`.
   * What is left out stays; null takes the model's own again. A running event that would not have begun with its new
   * threshold ends, and so does one of a label that is told no more. While the classifier is getting ready it waits for it.
   * @throws LeafError `arguments` for a label the model has not or several heads have, for numbers out of range, and once
   * the listener is disposed of; nothing is changed then
   */
  async setOptions(options: DecodingOptions): Promise<void> {
    this.#requireAlive()
    await this.classifier.setOptions(options)
  }

  /**
   * One threshold by setOptions().
   * @param value 0 to 1, at 1 none begins; events end at the same share of it as in the model
   * @param head of the label, where the model has several with a label of this name
   * @throws LeafError as setOptions()
   */
  setThreshold(label: string, value: number, head?: string): Promise<void> {
    return this.setOptions({ thresholds: { [labelKey({ label, head })]: value } })
  }

  /**
   * Listens to another source in the place of the present one; a clip is heard as well. The present source goes on until
   * the new one is open, and when it cannot be; only a microphone is let go before another one is asked for.
   * @param choice the source that was opened last when left out, or else the default microphone
   * @returns false when a later start(), stop() or dispose() overtook it
   * @throws LeafError of the source; `arguments` for one that is none or of another context, once the context is closed, and
   * once the listener is disposed of
   */
  async start(choice: SourceChoice = this.#choice): Promise<boolean> {
    this.#requireAlive()
    clearTimeout(this.#resting)
    try {
      const source = await this.#input.start(choice)
      if (source !== null) this.#choice = choice
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
    const [node, classifier] = await this.#ask(Promise.all([this.node.metrics(), this.classifier.metrics()]))
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
        await unlessAborted(this.#signal, Promise.race([started, this.ready.then(() => started)]))
      }
      if (this.#error) throw this.#error
      this.#signal?.throwIfAborted()
      this.#opening = false
    } catch (error) {
      await this.dispose()
      throw error
    }
  }

  async #end(): Promise<void> {
    // First of all: what the end itself closes is no news.
    this.#forgetContext()
    this.#signal?.removeEventListener('abort', this.#abort)
    clearTimeout(this.#resting)
    this.#input.stop()
    this.#telling = this.context.state !== 'closed'
    await this.classifier.dispose()
    // What a handler of the last events asked is answered before the node goes; one that stands still answers nobody.
    await Promise.race([this.#asked, delay(ANSWER_MS)])
    this.#telling = false
    this.#clock.stop()
    await Promise.all([this.node.dispose(), this.#recorder?.dispose()])
    if (this.#ownContext && this.context.state !== 'closed') await this.context.close().catch(() => {})
  }

  /** dispose() waits for the answer. */
  #ask<Value>(asked: Promise<Value>): Promise<Value> {
    this.#asked = asked.catch(() => {})
    return asked
  }

  async #cut({ start, end }: DetectedEvent): Promise<Recording> {
    if (this.#recorder === null)
      throw new LeafError(
        'arguments',
        'This listener records nothing.',
        'Pass `record`, in seconds, to listen().',
      )
    const recording = await this.#ask(this.#recorder.take(start, end))
    if (recording.samples.length > 0) return recording
    throw new LeafError(
      'arguments',
      'The sound of this event is no longer remembered.',
      'Ask for it when the event comes, or let `record` be more seconds.',
    )
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
