import { FileSource, openFile } from './audio/file-source.ts'
import { loadWorklet } from './audio/load-worklet.ts'
import { Microphone, type MicrophoneOptions, openMicrophone } from './audio/microphone.ts'
import { createLeafNode, type LeafNode, type LeafNodeOptions } from './audio/node.ts'
import { type AudioSource, type LiveContext, nodeSource } from './audio/source.ts'
import {
  type BackendChoice,
  Classifier,
  type ClassifierEvents,
  type ClassifierOptions,
} from './classifier/index.ts'
import type { LeafError } from './error.ts'
import {
  type EventOnset,
  eventKey,
  findLabel,
  type LabelName,
  labelKey,
  labelNames,
  thresholdsOf,
} from './events/index.ts'
import type { Metrics } from './metrics.ts'
import type { Model } from './model/index.ts'
import { RecentMedian } from './recent-median.ts'
import { TypedEventTarget } from './typed-events.ts'

/** What to listen to: a microphone, a sound file (file, Blob or its address), or a node of an audio graph. */
export type SourceChoice = 'microphone' | MicrophoneOptions | Blob | URL | AudioNode

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
  /** The source came to its end: a clip is over, or a microphone is lost (`error` says how). */
  ended: { error: LeafError | null }
}

/**
 * From sound to events in one line. Call it from a click or a key press: browsers start sound only then.
 * It resolves when the source sounds; the classifier gets ready meanwhile and tells so with `backend`.
 * @throws LeafError of the source, the worklet, the model file or its heads; nothing is left running then
 */
export async function listen({ source = 'microphone', ...options }: ListenOptions): Promise<Listener> {
  const context = options.context ?? (isNode(source) ? (source.context as LiveContext) : undefined)
  const listener = await createListener({ ...options, context })
  try {
    await listener.start(source)
  } catch (error) {
    await listener.dispose()
    throw error
  }
  return listener
}

/**
 * A listener without a source yet.
 * @throws LeafError of the worklet, the model file or its heads
 */
export async function createListener(options: ListenerOptions): Promise<Listener> {
  const context = (options.context ?? new AudioContext()) as AudioContext
  const own = options.context === undefined
  try {
    // Whatever is to be fetched is asked for at once; a failure shows where the thing is used.
    void Promise.allSettled([loadWorklet(context, options.workletUrl), import('./plan/index.ts')])
    const { fetchModel, readModel, selectHeads } = await import('./model/index.ts')
    const bytes = options.model instanceof Uint8Array ? options.model : await fetchModel(options.model)
    const model = selectHeads(readModel(bytes), options.heads)
    const node = await createLeafNode(context, model.frontend, options)
    const classifier = new Classifier()
    const listener = new Listener({ context, own, model, node, classifier })
    const { heads, backends, workerUrl, wasmPath } = options
    const frames = () => node.openFrames()
    listener.warm({ model: bytes, heads, frames, backends, workerUrl, wasmPath })
    return listener
  } catch (error) {
    if (own) await context.close()
    throw error
  }
}

const FORWARDED = ['backend', 'scores', 'onset', 'restart', 'error'] as const

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
  readonly #own: boolean
  readonly #thresholds: Record<string, number>
  /** Seconds from the end of a window to its scores. */
  readonly #latency = new RecentMedian()
  #source: AudioSource | null = null
  #backend: BackendChoice | null = null
  /** Counts starts and stops, so that a source that opens too late is let go. */
  #turn = 0
  #resting: ReturnType<typeof setTimeout> | undefined
  /** Events that began and have not ended. */
  readonly #running = new Map<string, EventOnset>()

  /** @internal listen() and createListener() make listeners. */
  constructor({ context, own, model, node, classifier }: Parts) {
    super()
    this.context = context
    this.model = model
    this.node = node
    this.classifier = classifier
    this.#own = own
    this.labels = labelNames(model.labels, model.heads)
    this.#thresholds = thresholdsOf(this.labels, model.decoding.labels)
    classifier.addEventListener('scores', ({ detail }) => this.#latency.add(context.currentTime - detail.end))
    classifier.addEventListener('backend', ({ detail }) => {
      this.#backend = detail
    })
    for (const name of FORWARDED) {
      classifier.addEventListener(name, ({ detail }) => this.emit(name, detail))
    }
    classifier.addEventListener('onset', ({ detail }) => this.#running.set(eventKey(detail), detail))
    classifier.addEventListener('event', ({ detail }) => {
      const key = eventKey(detail)
      const known = this.#running.get(key)
      // Otherwise it ended with its source and was told then.
      if (known?.start !== detail.start) return
      this.#running.delete(key)
      this.emit('event', detail)
    })
    node.addEventListener('error', ({ detail }) => this.emit('error', detail))
  }

  /** What the classifier computes on and why; null until it is warm, which may be before listen() resolves. */
  get backend(): BackendChoice | null {
    return this.#backend
  }

  /** What it listens to now: a Microphone, a FileSource, or the source made of a node. */
  get source(): AudioSource | null {
    return this.#source
  }

  /** Smoothed scores at which events begin, 0 to 1, by label; by "head/label" where the model has heads. */
  get thresholds(): Readonly<Record<string, number>> {
    return this.#thresholds
  }

  /**
   * Changes when events of a label begin, from the next scores on; a running event whose scores never reached the new
   * threshold ends.
   * @param value 0 to 1; events end at the same share of it as in the model
   * @param head of the label, where the model has several with a label of this name
   * @throws LeafError `arguments` for a label the model has not, one of several heads, or a value outside 0 to 1
   */
  async setThreshold(label: string, value: number, head?: string): Promise<void> {
    const place = findLabel(this.labels, { label, head })
    await this.classifier.setThreshold(label, value, head)
    this.#thresholds[labelKey(this.labels[place])] = value
  }

  /**
   * Listens to another source in the place of the present one; a file is heard as well.
   * @returns false when a later start() or stop() overtook it
   * @throws LeafError of the source
   */
  async start(choice: SourceChoice): Promise<boolean> {
    this.#release()
    const turn = ++this.#turn
    const source = await openSource(this.context, choice)
    if (turn !== this.#turn) {
      source.stop()
      return false
    }
    this.#source = source
    source.output.connect(this.node.input)
    if (source instanceof FileSource) this.#play(source)
    else if (source instanceof Microphone) {
      source.addEventListener('ended', ({ detail }) => this.emit('ended', detail))
    } else if (this.context.state === 'suspended') await this.context.resume()
    return true
  }

  /**
   * Ends the source: a microphone is switched off at once. The classifier hears silence for as long as it takes to
   * end the events still running, then a context of the listener's own rests. All is warm for the next start().
   */
  stop(): void {
    this.#turn++
    this.#release()
    this.#resting = setTimeout(() => this.#rest(), settlingSeconds(this.model) * 1000)
  }

  /** The numbers of all parts now; names, units and meaning are in `metricsSchema`. */
  async metrics(): Promise<Metrics> {
    const [node, classifier] = await Promise.all([this.node.metrics(), this.classifier.metrics()])
    return { ...node, ...classifier, latency: this.#latency.value }
  }

  /** Ends everything for good and frees it. */
  async dispose(): Promise<void> {
    this.#turn++
    this.#release()
    await this.classifier.dispose()
    this.node.dispose()
    if (this.#own) await this.context.close()
  }

  /** @internal Starts the classifier; a failure is told as `error`. */
  warm(options: ClassifierOptions): void {
    this.classifier.start(options).catch((error) => this.emit('error', { error }))
  }

  /** After the silence: what even silence did not end (it may be a label itself) ends here. */
  #rest(): void {
    const end = this.context.currentTime
    for (const onset of this.#running.values()) this.emit('event', { ...onset, end })
    this.#running.clear()
    if (this.#own) void this.context.suspend()
  }

  #play(source: FileSource): void {
    source.output.connect(this.context.destination)
    source.addEventListener('ended', () => {
      if (this.#source === source) this.stop()
      this.emit('ended', { error: null })
    })
    source.play()
  }

  #release(): void {
    clearTimeout(this.#resting)
    this.#source?.stop()
    this.#source = null
  }
}

function openSource(context: AudioContext, choice: SourceChoice): Promise<AudioSource> | AudioSource {
  if (choice === 'microphone') return openMicrophone(context)
  if (choice instanceof Blob || choice instanceof URL) return openFile(context, choice)
  return isNode(choice) ? nodeSource(choice) : openMicrophone(context, choice)
}

function isNode(choice: SourceChoice): choice is AudioNode {
  return typeof choice === 'object' && 'connect' in choice && 'context' in choice
}

/** Seconds of silence after which every event has ended: a window without sound, its smoothing, the merge gap. */
function settlingSeconds({ classifier, decoding, frontend }: Model): number {
  const window = (classifier.windowFrames * frontend.hopMs) / 1000
  return window + 4 * decoding.smoothingSeconds + decoding.mergeGapSeconds + 0.5
}
