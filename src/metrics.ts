/** What a metric is: its name is the key in `metricsSchema`. */
export interface Metric {
  /** `counter` only grows; `gauge` goes up and down; `text` is a word. */
  readonly kind: 'counter' | 'gauge' | 'text'
  readonly unit: string
  /** One or two sentences for a reader of the page. */
  readonly description: string
}

/**
 * Every number the library tells about itself, in the order of the data's way.
 * The page's panel is drawn from it and the tests assert on it.
 */
export const metricsSchema = {
  level: {
    kind: 'gauge',
    unit: 'dBFS',
    description:
      'How loud the sound is that the node hears: root mean square over about the last 0.3 seconds. A sine at full scale is at -3, silence at -120.',
  },
  peak: {
    kind: 'gauge',
    unit: 'dBFS',
    description:
      'Its highest samples, falling by 20 dB in 1.7 seconds like the needle of a programme meter (IEC 60268-10, type I). Full scale is 0.',
  },
  clipped: {
    kind: 'counter',
    unit: 'samples',
    description:
      'Samples at full scale or beyond, in any channel: the sound came in too loud and is distorted.',
  },
  frames: {
    kind: 'counter',
    unit: 'frames',
    description: 'Feature frames the audio thread computed.',
  },
  offered: {
    kind: 'counter',
    unit: 'frames',
    description: 'Frames offered to readers, added over all readers. Equals sent + dropped + waiting.',
  },
  sent: {
    kind: 'counter',
    unit: 'frames',
    description: 'Frames handed over to readers.',
  },
  dropped: {
    kind: 'counter',
    unit: 'frames',
    description: 'Frames thrown away, oldest first, because a reader was too slow or closed.',
  },
  waiting: {
    kind: 'gauge',
    unit: 'frames',
    description: 'Frames that readers can still fetch.',
  },
  transport: {
    kind: 'text',
    unit: '',
    description: 'How frames leave the audio thread: shared (memory) or port (messages).',
  },
  badSamples: {
    kind: 'counter',
    unit: 'samples',
    description: 'Samples that were NaN or infinite and were taken as zero.',
  },
  skippedSamples: {
    kind: 'counter',
    unit: 'samples',
    description: 'Samples during which the browser did not run the node at all.',
  },
  load: {
    kind: 'gauge',
    unit: 'ratio',
    description:
      'Share of real time the node spends on the audio thread, over about the last half minute. Audio threads have only a clock of whole milliseconds: the ticks that fall inside the work of one block in eleven are counted, right on average and rough (± a fifth) when the load is about one percent.',
  },
  frameLatency: {
    kind: 'gauge',
    unit: 'seconds',
    description:
      'From a sound at the node to the feature frame that tells of it: from the centre of a frame to the end of the block of samples that completed it. Of frames that are completed together it is the first, which waits longest.',
  },
  underruns: {
    kind: 'counter',
    unit: 'events',
    description: 'Times the output ran dry because the audio thread was late. Told by Chromium only.',
  },
  clockDrift: {
    kind: 'gauge',
    unit: 'seconds',
    description:
      'Audio clock minus wall clock since the context last began to run. Falls when the audio thread stood still.',
  },
  queue: {
    kind: 'gauge',
    unit: 'windows',
    description: 'Windows of frames that wait for the classifier.',
  },
  queueDropped: {
    kind: 'counter',
    unit: 'windows',
    description: 'Windows of frames the classifier skipped, oldest first, because it was too slow.',
  },
  inferences: {
    kind: 'counter',
    unit: 'windows',
    description: 'Windows of frames the classifier scored.',
  },
  inferenceTime: {
    kind: 'gauge',
    unit: 'milliseconds',
    description: 'Time one window took in the classifier, median of the last ones.',
  },
  latency: {
    kind: 'gauge',
    unit: 'seconds',
    description:
      "From a sound at the node to its scores in the page: from the centre of a window's last frame to the moment its scores arrived, median of the last ones. What the microphone and the system take before is not in it.",
  },
  backend: {
    kind: 'text',
    unit: '',
    description: 'Where the classifier runs: webgpu, wasm or cpu.',
  },
  restarts: {
    kind: 'counter',
    unit: 'events',
    description: 'Times the classifier was started again after a crash or a lost device.',
  },
} as const satisfies Record<string, Metric>

/** A name in the schema of metrics. */
export type MetricName = keyof typeof metricsSchema

/** Values by name. Null where this browser does not tell. */
export type Metrics<Name extends MetricName = MetricName> = {
  [Key in Name]: ((typeof metricsSchema)[Key]['kind'] extends 'text' ? string : number) | null
}
