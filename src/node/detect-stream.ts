import type { DecodingOptions, DetectedEvent } from '../events/index.ts'
import { loadClassifier } from '../inference/node.ts'
import { type OptionNames, requireOptions } from '../known-options.ts'
import type { ModelSource } from '../model/index.ts'
import { openModel } from '../model/node.ts'
import { detectEvents } from '../offline/index.ts'
import { type SampleStream, STREAM_OPTIONS, type StreamOptions, soundOf } from './sample-stream.ts'

export interface DetectStreamOptions extends StreamOptions, DecodingOptions {
  /** A model file: its path, address or bytes, a Blob or a Response; the package's events.safetensors when left out. */
  model?: ModelSource
  /** Names of those of the model's heads that are to score; all of them when left out. */
  heads?: readonly string[]
}

const OPTIONS: OptionNames<DetectStreamOptions> = {
  ...STREAM_OPTIONS,
  model: true,
  heads: true,
  thresholds: true,
  labels: true,
  decoding: true,
}

/**
 * The events of a stream of samples, each as soon as it is over; those of the page's `detect` on the same samples. Memory
 * does not grow with its length. Leaving the loop closes the stream.
 *
 * @returns seconds from the first sample
 * @throws LeafError `arguments` for what are no samples, an option that is none, a sample rate out of range, a label the model
 *   has not, numbers out of range; `model-file`, `classifier`; whatever the stream throws, and the signal's reason
 */
export async function* detectStream(
  samples: SampleStream,
  options: DetectStreamOptions,
): AsyncGenerator<DetectedEvent, void, undefined> {
  requireOptions('detectStream()', options, OPTIONS)
  const { model: source, heads, signal, thresholds, labels, decoding } = options
  signal?.throwIfAborted()
  const model = await openModel(source, heads, signal)
  const classifier = await loadClassifier(model)
  try {
    yield* detectEvents(model, classifier, soundOf(samples, options), {
      decoding: { thresholds, labels, decoding },
      prompt: true,
    })
  } finally {
    classifier.dispose()
  }
}
