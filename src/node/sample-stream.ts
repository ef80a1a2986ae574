import type { OptionNames } from '../known-options.ts'
import { type SampleChunk, type SampleFormat, type Sound, sampleBlocks } from '../offline/index.ts'
import { unlessAborted } from '../unless-aborted.ts'

/** Samples of one channel, as they come: a stream of Node or of the web, a generator, an array of blocks. */
export type SampleStream = AsyncIterable<SampleChunk> | Iterable<SampleChunk>

/** How samples come. */
export interface StreamOptions {
  /** Hz, whole, 1000 to 768000; brought to the frontend's own rate. */
  sampleRate: number
  /** How samples are written where the stream gives bytes. */
  format?: SampleFormat
  /** Ends it when it aborts; the loop is left by the signal's reason, and the stream is closed. */
  signal?: AbortSignal
}

/** Their names. */
export const STREAM_OPTIONS: OptionNames<StreamOptions> = { sampleRate: true, format: true, signal: true }

/** The stream as sound, left when the signal aborts. */
export function soundOf(samples: SampleStream, { sampleRate, format, signal }: StreamOptions): Sound {
  return { sampleRate, blocks: untilAborted(sampleBlocks(samples, format), signal) }
}

async function* untilAborted(
  blocks: AsyncGenerator<Float32Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Float32Array> {
  try {
    for (;;) {
      const { done, value } = await unlessAborted(signal, blocks.next())
      if (done) return
      yield value
    }
  } finally {
    // Not awaited: one that waits for samples may do so for ever.
    blocks.return(undefined).catch(() => {})
  }
}
