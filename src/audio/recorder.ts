import { type Remote, releaseProxy, wrap } from 'comlink'
import { type RecorderControl, type RecorderOptions, recorderName } from '../../worklet/control.ts'
import { LeafError } from '../error.ts'
import { constructWorklet } from './construct-worklet.ts'
import type { AnyContext, AnyWorkletNode } from './context.ts'
import { loadWorklet } from './load-worklet.ts'
import type { LeafNodeOptions } from './node.ts'
import { Recording } from './recording.ts'

export interface RecorderChoice extends LeafNodeOptions {
  /** How much is remembered, above 0 and at most 600; 30 when left out. */
  seconds?: number
}

const LONGEST_SECONDS = 600
/** Seconds fetched from the audio thread at once: a copy of well under a millisecond. */
const PIECE_SECONDS = 1
/** Seconds remembered beyond what is promised, while the pieces are fetched one after the other. */
const MARGIN_SECONDS = 2

/**
 * Remembers the last seconds of a sound from now on, in memory of 4 bytes a sample: 6 MB for 30 s at 48 kHz. Main thread.
 * @throws LeafError `arguments` for a length out of range, `worklet-load`, `worklet-failed` or `insecure-page` where the
 * browser refuses
 */
export async function createRecorder<Context extends AnyContext>(
  context: Context,
  { seconds = 30, workletUrl, AudioWorkletNode }: RecorderChoice = {},
): Promise<Recorder<ReturnType<Context['createGain']>>> {
  if (!(seconds > 0 && seconds <= LONGEST_SECONDS))
    throw new LeafError(
      'arguments',
      `The recorder is to remember ${seconds} seconds.`,
      `Use a number above 0 and at most ${LONGEST_SECONDS}.`,
    )
  await loadWorklet(context, workletUrl)
  const processorOptions: RecorderOptions = {
    samples: Math.ceil((seconds + MARGIN_SECONDS) * context.sampleRate),
  }
  const worklet = constructWorklet(AudioWorkletNode, context, recorderName, processorOptions)
  return new Recorder(context, worklet, seconds)
}

/** Hears whatever is connected to it, as a node does: the mean of the channels. All methods: main thread. */
export class Recorder<Gain = GainNode> {
  /** Connect what is to be remembered to this. */
  readonly input: Gain
  /** Seconds remembered. */
  readonly seconds: number
  readonly #sampleRate: number
  readonly #worklet: AnyWorkletNode
  #control: Remote<RecorderControl> | null

  /** @internal createRecorder() makes recorders. */
  constructor(context: AnyContext, worklet: AnyWorkletNode, seconds: number) {
    this.seconds = seconds
    this.#sampleRate = context.sampleRate
    this.#worklet = worklet
    this.#control = wrap<RecorderControl>(worklet.port)
    const through = context.createGain()
    through.connect(worklet)
    this.input = through
  }

  /**
   * The last `seconds`, fewer if it has not run for so long. It goes on remembering.
   * @throws LeafError `arguments` once it is disposed of
   */
  async take(): Promise<Recording> {
    const control = this.#alive()
    const extent = await control.extent()
    const start = Math.max(extent.start, extent.end - Math.round(this.seconds * this.#sampleRate))
    const samples = new Float32Array(extent.end - start)
    const piece = Math.round(PIECE_SECONDS * this.#sampleRate)
    for (let from = start; from < extent.end; from += piece) {
      samples.set(await control.read(from, Math.min(from + piece, extent.end)), from - start)
    }
    return new Recording(samples, this.#sampleRate, start / this.#sampleRate)
  }

  /** Ends it and forgets everything. */
  dispose(): void {
    if (this.#control === null) return
    void this.#control.dispose()
    this.#control[releaseProxy]()
    this.#control = null
    const { input } = this as unknown as { input: AudioNode }
    input.disconnect(this.#worklet as unknown as AudioNode)
  }

  #alive(): Remote<RecorderControl> {
    if (this.#control) return this.#control
    throw new LeafError('arguments', 'This recorder was disposed of.', 'Create a new one.')
  }
}
