import { transfer } from 'comlink'
import {
  type ProcessorControl,
  type ProcessorOptions,
  processorName,
  type SwapPoint,
} from '../../worklet/control/index.ts'
import { LeafError } from '../error.ts'
import { createFrameChannel, type FrameInlet, inletTransfer } from '../frame-channel/index.ts'
import { type FrontendDescription, parseFrontend } from '../frontend/index.ts'
import { type OptionNames, requireOptions } from '../known-options.ts'
import type { Metrics } from '../metrics.ts'
import type { Plan } from '../plan/index.ts'
import { TypedEventTarget } from '../typed-events.ts'
import { ClockDrift } from './clock-drift.ts'
import { COMPILE_OPTIONS, type CompileOptions, compileFrontend } from './compile-frontend.ts'
import { type AnyContext, lifeOf, requireContext, type WorkletNodeClass } from './context.ts'
import { loadWorklet } from './load-worklet.ts'
import { type ProcessorHandle, startWorklet } from './start-worklet.ts'

export interface LeafNodeOptions extends CompileOptions {
  /** Address of leaf.worklet.js where it is not beside the library. */
  workletUrl?: string | URL
  /** AudioWorkletNode of the library that made the context, e.g. standardized-audio-context; the browser's when left out. */
  AudioWorkletNode?: WorkletNodeClass
}

/** Their names. */
export const NODE_OPTIONS: OptionNames<LeafNodeOptions> = {
  workletUrl: true,
  AudioWorkletNode: true,
  ...COMPILE_OPTIONS,
}

/** Events of a node and their details. */
export interface LeafNodeEvents {
  /**
   * The audio thread's part broke. The sound still passes; no more frames come. With nobody listening it goes to the
   * console.
   */
  error: { error: LeafError }
}

/** Metrics a node knows; those of the classifier come from the classifier. */
export type NodeMetrics = Metrics<
  | 'level'
  | 'peak'
  | 'clipped'
  | 'frames'
  | 'offered'
  | 'sent'
  | 'dropped'
  | 'waiting'
  | 'transport'
  | 'badSamples'
  | 'skippedSamples'
  | 'load'
  | 'frameLatency'
  | 'underruns'
  | 'clockDrift'
>

const defaultCapacity = 256

/** As the package's createLeafNode(), which loads it when it is needed. */
export async function createLeafNode<Context extends AnyContext>(
  context: Context,
  frontend: FrontendDescription,
  options: LeafNodeOptions = {},
): Promise<LeafNode<ReturnType<Context['createGain']>>> {
  requireContext(context)
  requireOptions('createLeafNode()', options, NODE_OPTIONS)
  const description = parseFrontend(frontend)
  const [{ plan, resampler }] = await lifeOf(context).answer(() =>
    Promise.all([compile(description, context, options), loadWorklet(context, options.workletUrl)]),
  )
  const processorOptions: ProcessorOptions = { plan, resampler }
  const processor = await startWorklet<ProcessorControl>(
    options.AudioWorkletNode,
    context,
    processorName,
    processorOptions,
  )
  return new LeafNode(context, description, plan, processor)
}

/**
 * A frontend on the audio thread. Sound passes through untouched, with any number of channels; the frontend
 * hears their mean. Frames go from the audio thread straight to whoever opened them. All methods: main thread.
 */
export class LeafNode<Gain = GainNode> extends TypedEventTarget<LeafNodeEvents> {
  /** Connect sources to this. */
  readonly input: Gain
  /** Connect this on, or nowhere: the frontend listens all the same. */
  readonly output: Gain
  readonly #context: AnyContext
  readonly #processor: ProcessorHandle<ProcessorControl>
  readonly #drift: ClockDrift
  #disposed = false
  #frontend: FrontendDescription
  #plan: Plan
  #transport: FrameInlet['kind'] | null = null
  /** One swap after the other. */
  #turn: Promise<unknown> = Promise.resolve()

  /** @internal createLeafNode() makes nodes. */
  constructor(
    context: AnyContext,
    frontend: FrontendDescription,
    plan: Plan,
    processor: ProcessorHandle<ProcessorControl>,
  ) {
    super()
    this.#context = context
    this.#frontend = frontend
    this.#plan = plan
    this.#processor = processor
    this.#drift = new ClockDrift(context)
    const through = context.createGain()
    through.connect(processor.node)
    this.input = through
    this.output = through
    processor.node.onprocessorerror = () => this.#fail()
  }

  /** The frontend in use, complete. */
  get frontend(): FrontendDescription {
    return this.#frontend
  }

  /**
   * Opens a way for the frames from now on, to one reader: `openFrames(inlet)` there. A node can have several.
   * @param options.capacity frames kept for a reader that is late, 1 or more; the oldest are dropped beyond it
   * @throws LeafError `arguments` for another capacity, and naming the option that is none
   */
  async openFrames(options: { readonly capacity?: number } = {}): Promise<FrameInlet> {
    requireOptions('openFrames()', options, { capacity: true })
    const { capacity = defaultCapacity } = options
    if (!Number.isInteger(capacity) || capacity < 1)
      throw new LeafError(
        'arguments',
        `The capacity is ${capacity}.`,
        'Use a whole number of frames, 1 or more.',
      )
    const { outlet, inlet } = createFrameChannel(this.#plan.channels, capacity)
    await this.#processor.ask((control) => control.open(transfer(outlet, inletTransfer(outlet))))
    this.#transport = inlet.kind
    return inlet
  }

  /**
   * Changes the frontend while sound runs. Sample position and frame index go on, no frame is lost.
   * @param frontend with the present one's sample rate, hop and number of channels
   * @returns where the new frontend took over
   * @throws LeafError `description` as `createLeafNode`, `arguments` naming the option that is none; the present one goes
   *   on then. The signal's reason
   */
  async swap(frontend: FrontendDescription, options: CompileOptions = {}): Promise<SwapPoint> {
    requireOptions('swap()', options, COMPILE_OPTIONS)
    const turn = this.#turn.then(() => this.#change(frontend, options))
    this.#turn = turn.catch(() => {})
    return turn
  }

  /**
   * The node's numbers now; names, units and meaning are in `metricsSchema`.
   * @throws LeafError `arguments` once it is disposed of or its context closed, `worklet-failed` once it broke
   */
  async metrics(): Promise<NodeMetrics> {
    const counts = await this.#processor.ask((control) => control.measure())
    const { playbackStats } = this.#context as { playbackStats?: { underrunEvents: number } }
    return {
      ...counts,
      transport: this.#transport,
      underruns: playbackStats?.underrunEvents ?? null,
      clockDrift: this.#drift.seconds,
    }
  }

  /**
   * Ends the frontend and frees it, on the audio thread too. The sound goes on passing.
   * @returns once the audio thread has let go of it: close its context only then, or it stays in memory
   */
  dispose(): Promise<void> {
    if (!this.#disposed) {
      this.#disposed = true
      this.#drift.stop()
      const { input } = this as unknown as { input: AudioNode }
      input.disconnect(this.#processor.node as unknown as AudioNode)
    }
    return this.#processor.end(new LeafError('arguments', 'This node was disposed of.', 'Create a new one.'))
  }

  async #change(frontend: FrontendDescription, options: CompileOptions): Promise<SwapPoint> {
    const description = parseFrontend(frontend)
    const { plan, resampler } = await compile(description, this.#context, options)
    for (const key of ['sampleRate', 'hop', 'channels'] as const)
      if (plan[key] !== this.#plan[key])
        throw new LeafError(
          'description',
          `The new frontend's ${key} is ${plan[key]}, the present one's ${this.#plan[key]}.`,
          'Create a new node for it: readers of this one count on frames of one kind.',
        )
    const point = await this.#processor.ask((control) => control.swap(plan, resampler))
    this.#frontend = description
    this.#plan = plan
    return point
  }

  #fail(): void {
    const remedy = 'Create the node again; if it stays so, please report it.'
    const error = new LeafError('worklet-failed', 'The audio worklet broke.', remedy)
    this.#processor.fail(error)
    this.report('error', { error })
  }
}

/** What the audio thread needs; given up where its context is closed meanwhile. */
async function compile(
  frontend: FrontendDescription,
  context: AnyContext,
  { onProgress, signal }: CompileOptions,
): Promise<ProcessorOptions> {
  const over = new AbortController()
  const forget = lifeOf(context).whenOver((reason) => over.abort(reason))
  const abort = () => over.abort(signal?.reason)
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort)
  try {
    return await compileFrontend(frontend, context.sampleRate, { onProgress, signal: over.signal })
  } finally {
    forget()
    signal?.removeEventListener('abort', abort)
  }
}
