import type { Remote } from 'comlink'
import { type RecorderControl, type RecorderOptions, recorderName } from '../../worklet/control/index.ts'
import { LeafError } from '../error.ts'
import { type OptionNames, requireOptions } from '../known-options.ts'
import { shown } from '../tag-of.ts'
import type { AnyContext } from './context.ts'
import { type LeafNodeOptions, NODE_OPTIONS } from './leaf-node.ts'
import { loadWorklet } from './load-worklet.ts'
import { Recording } from './recording.ts'
import { type ProcessorHandle, startWorklet } from './start-worklet.ts'

export interface RecorderChoice extends LeafNodeOptions {
  /** How much is remembered, above 0 and at most 600; 30 when left out. */
  seconds?: number
}

const OPTIONS: OptionNames<RecorderChoice> = { ...NODE_OPTIONS, seconds: true }
const LONGEST_SECONDS = 600
/** Seconds fetched from the audio thread at once: a copy of well under a millisecond. */
const PIECE_SECONDS = 1
/** Seconds remembered beyond what is promised, while the pieces are fetched one after the other. */
const MARGIN_SECONDS = 2

/** As the package's createRecorder(), which loads it when it is needed. */
export async function createRecorder<Context extends AnyContext>(
  context: Context,
  options: RecorderChoice = {},
): Promise<Recorder<ReturnType<Context['createGain']>>> {
  requireOptions('createRecorder()', options, OPTIONS)
  const { seconds = 30, workletUrl, AudioWorkletNode } = options
  if (!(typeof seconds === 'number' && seconds > 0 && seconds <= LONGEST_SECONDS))
    throw new LeafError(
      'arguments',
      `The recorder is to remember ${shown(seconds)} seconds.`,
      `Use a number above 0 and at most ${LONGEST_SECONDS}.`,
    )
  await loadWorklet(context, workletUrl)
  const processorOptions: RecorderOptions = {
    samples: Math.ceil((seconds + MARGIN_SECONDS) * context.sampleRate),
  }
  const processor = await startWorklet<RecorderControl>(
    AudioWorkletNode,
    context,
    recorderName,
    processorOptions,
  )
  return new Recorder(context, processor, seconds)
}

/** Hears whatever is connected to it, as a node does: the mean of the channels. All methods: main thread. */
export class Recorder<Gain = GainNode> {
  /** Connect what is to be remembered to this. */
  readonly input: Gain
  /** Seconds remembered. */
  readonly seconds: number
  readonly #sampleRate: number
  readonly #processor: ProcessorHandle<RecorderControl>
  #disposed = false

  /** @internal createRecorder() makes recorders. */
  constructor(context: AnyContext, processor: ProcessorHandle<RecorderControl>, seconds: number) {
    this.seconds = seconds
    this.#sampleRate = context.sampleRate
    this.#processor = processor
    processor.node.onprocessorerror = () => processor.fail(broken())
    const through = context.createGain()
    through.connect(processor.node)
    this.input = through
  }

  /**
   * The last `seconds`, fewer if it has not run for so long. It goes on remembering. What was overwritten while it was
   * fetched, by a page that stood still for longer than two seconds, is silence.
   * @param from seconds on the context's clock: what sounded before is left out
   * @param to seconds on the context's clock: what sounded after is left out
   * @returns no samples where nothing between these times is remembered
   * @throws LeafError `arguments` once it is disposed of or its context closed, `worklet-failed` when its processor broke
   */
  take(from = 0, to = Number.POSITIVE_INFINITY): Promise<Recording> {
    return this.#processor.ask((control) => this.#fetch(control, from, to))
  }

  /** Ends it and forgets everything. @returns once the audio thread has let go of it: close its context only then */
  dispose(): Promise<void> {
    if (!this.#disposed) {
      this.#disposed = true
      const { input } = this as unknown as { input: AudioNode }
      input.disconnect(this.#processor.node as unknown as AudioNode)
    }
    return this.#processor.end(disposed())
  }

  async #fetch(control: Remote<RecorderControl>, begin: number, close: number): Promise<Recording> {
    const extent = await control.extent()
    const oldest = Math.max(extent.start, extent.end - Math.round(this.seconds * this.#sampleRate))
    const start = Math.max(oldest, Math.floor(begin * this.#sampleRate))
    const end = Math.max(start, Math.min(extent.end, Math.ceil(close * this.#sampleRate)))
    const samples = new Float32Array(end - start)
    const piece = Math.round(PIECE_SECONDS * this.#sampleRate)
    for (let from = start; from < end; from += piece) {
      const to = Math.min(from + piece, end)
      const part = await control.read(from, to)
      samples.set(part, to - part.length - start)
    }
    return new Recording(samples, this.#sampleRate, start / this.#sampleRate)
  }
}

const disposed = () => new LeafError('arguments', 'This recorder was disposed of.', 'Create a new one.')
const broken = () => new LeafError('worklet-failed', 'The recorder broke.', 'Create a new one.')
