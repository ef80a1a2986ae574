import { decodeFile, knowSource, requireSamples } from '../audio/index.ts'
import { WorkerSession } from '../classifier/index.ts'
import { LeafError } from '../error.ts'
import type { DetectedEvent } from '../events/index.ts'
import { loadPart } from '../load-part.ts'
import { unlessAborted } from '../unless-aborted.ts'
import type { DetectableSound, DetectOptions } from './index.ts'

/** Hz at which a file is decoded; the engine brings every rate to that of the frontend. */
const DECODED_RATE = 48000

/** As `detect`, which loads it when it is needed. Main thread. */
export async function* detectInWorker(
  sound: DetectableSound,
  options: DetectOptions,
): AsyncGenerator<DetectedEvent, void, undefined> {
  const { model, heads, backends, workerUrl, wasmPath, signal, onProgress } = options ?? {}
  const { thresholds, labels, decoding } = options ?? {}
  signal?.throwIfAborted()
  if (typeof globalThis.OfflineAudioContext !== 'function')
    throw new LeafError(
      'unsupported',
      'There is no page here that could decode sound.',
      'Call detect() in the page of a browser; in Node use detectStream() of leaf-worklet/node.',
    )
  if (model === undefined || model === null)
    throw new LeafError('arguments', 'There is no model to detect with.', 'Pass a model file as `model`.')
  const { modelBytes } = await loadPart(() => import('../model/index.ts'))
  const reading = Promise.all([decoded(sound), modelBytes(model, { signal })])
  const [buffer, bytes] = await unlessAborted(signal, reading)
  const waiting: DetectedEvent[] = []
  let read = 0
  let told = 0
  let isOver = false
  let wake = () => {}
  const session = new WorkerSession(workerUrl)
  const finished = session
    .detect(
      {
        model: bytes,
        heads,
        backends,
        wasmPath: wasmPath && String(wasmPath),
        decoding: { thresholds, labels, decoding },
        channels: channelsOf(buffer),
        sampleRate: buffer.sampleRate,
      },
      {
        event(event) {
          waiting.push(event)
          wake()
        },
        progress(fraction) {
          read = fraction
          wake()
        },
      },
    )
    .finally(() => {
      isOver = true
      wake()
    })
  // It is awaited when everything was told.
  finished.catch(() => {})
  try {
    for (;;) {
      for (let event = waiting.shift(); event; event = waiting.shift()) {
        yield event
        signal?.throwIfAborted()
      }
      if (read > told) onProgress?.(read)
      told = read
      if (isOver) break
      await unlessAborted(signal, new Promise<void>((resolve) => (wake = resolve)))
    }
    await finished
  } finally {
    session.terminate()
  }
}

async function decoded(sound: DetectableSound): Promise<AudioBuffer> {
  const known = knowSource(sound)
  if (known.kind === 'buffer') {
    requireSamples(known.of)
    return known.of
  }
  if (known.kind !== 'file')
    throw new LeafError(
      'arguments',
      'detect() takes a sound that is there as a whole.',
      'Pass an AudioBuffer, a Blob, or an address; use listen() for what comes as it sounds.',
    )
  const { buffer } = await decodeFile(new OfflineAudioContext(1, 1, DECODED_RATE), known.of)
  return buffer
}

/** Copies: the page keeps its own. */
function channelsOf(buffer: AudioBuffer): Float32Array<ArrayBuffer>[] {
  return Array.from({ length: buffer.numberOfChannels }, (_, channel) =>
    buffer.getChannelData(channel).slice(),
  )
}
