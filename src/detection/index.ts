import type { ClassifierOptions } from '../classifier/index.ts'
import type { DecodingOptions, DetectedEvent } from '../events/index.ts'
import { type OptionNames, requireOptions } from '../known-options.ts'
import { loadPart } from '../load-part.ts'

/** What can be detected in: an AudioBuffer, a Blob or File, or an address, which may be relative to the page. */
export type DetectableSound = AudioBuffer | Blob | URL | string

export interface DetectOptions
  extends DecodingOptions,
    Pick<ClassifierOptions, 'model' | 'heads' | 'backends' | 'workerUrl' | 'wasmPath'> {
  /** Ends it when it aborts; the loop is left by the signal's reason. */
  signal?: AbortSignal
  /** Told the share of the sound that was read, 0 to 1, now and then. */
  onProgress?: (fraction: number) => void
}

const OPTIONS: OptionNames<DetectOptions> = {
  model: true,
  heads: true,
  thresholds: true,
  labels: true,
  decoding: true,
  signal: true,
  onProgress: true,
  backends: true,
  workerUrl: true,
  wasmPath: true,
}

/**
 * The events of a sound that is there as a whole, each as soon as it is over, many times faster than real time, in a worker
 * of its own: `for await (const event of detect(file, { model })) …`. They are those a listener tells that hears the same
 * samples, here the sound between the noise of a quiet room, bit for bit where both compute on the same backend. Leaving
 * the loop ends the worker. The sound stays in memory, 4 bytes a sample and channel, at 48 kHz where it has to be decoded:
 * meant for clips of minutes; for hours there are `leaf-worklet/node` and the command line.
 *
 * @returns seconds from the beginning of the sound
 * @throws LeafError `arguments` for what is no sound or no model, for an option that is none, for a label the model has not, for numbers out of range;
 * `audio-file`, `model-file`, `classifier`, `library-load`; the signal's reason
 */
export async function* detect(
  sound: DetectableSound,
  options: DetectOptions,
): AsyncGenerator<DetectedEvent, void, undefined> {
  if (options !== undefined) requireOptions('detect()', options, OPTIONS)
  const { detectInWorker } = await loadPart(() => import('./in-worker.ts'))
  yield* detectInWorker(sound, options)
}
