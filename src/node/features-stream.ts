import { type FrontendDescription, type PresetName, parseFrontend, preset } from '../frontend/index.ts'
import { type OptionNames, requireOptions } from '../known-options.ts'
import { streamFrames } from '../offline/index.ts'
import { type SampleStream, STREAM_OPTIONS, type StreamOptions, soundOf } from './sample-stream.ts'

/** How samples come, and which features are wanted of them. */
export interface FeaturesStreamOptions extends StreamOptions {
  /** A preset's name or a frontend's description, of a model for instance; `leaf` when left out. */
  frontend?: PresetName | FrontendDescription
}

const OPTIONS: OptionNames<FeaturesStreamOptions> = { ...STREAM_OPTIONS, frontend: true }

/** One frame of features. */
export interface FeatureFrame {
  readonly index: number
  /** Seconds from the first sample, the centre of the frame. */
  readonly time: number
  /** One number per channel of the frontend. */
  readonly values: Float32Array
}

/**
 * The features of a stream of samples, frame by frame, as soon as their sound is there; those of the live page bit for bit.
 * Memory does not grow with its length. Leaving the loop closes the stream.
 *
 * @throws LeafError `arguments` for what are no samples, an option that is none, or a sample rate out of range; `description` for a frontend that is
 *   none; whatever the stream throws, and the signal's reason
 */
export async function* featuresStream(
  samples: SampleStream,
  options: FeaturesStreamOptions,
): AsyncGenerator<FeatureFrame, void, undefined> {
  requireOptions('featuresStream()', options, OPTIONS)
  const { frontend = 'leaf', signal } = options
  signal?.throwIfAborted()
  const description = typeof frontend === 'string' ? preset(frontend) : parseFrontend(frontend)
  let frames: FeatureFrame[] = []
  const take = (index: number, time: number, values: Float32Array) => {
    frames.push({ index, time, values: values.slice() })
  }
  for await (const _block of streamFrames(description, soundOf(samples, options), take)) {
    yield* frames
    frames = []
  }
}
