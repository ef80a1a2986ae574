import { encodeWav, type WavFormat } from './encode-wav.ts'

/** What a recording can tell of an event: seconds, a label, and whatever else the event says. */
export interface TimedEvent {
  /** Seconds on the context's clock. */
  readonly start: number
  /** Absent while it is still running. */
  readonly end?: number
}

/** A stretch of sound, and where it lies on the context's clock. */
export class Recording {
  /** Mono, full scale ±1. */
  readonly samples: Float32Array
  /** Hz. */
  readonly sampleRate: number
  /** Seconds on the context's clock, of the first sample. */
  readonly start: number

  constructor(samples: Float32Array, sampleRate: number, start: number) {
    this.samples = samples
    this.sampleRate = sampleRate
    this.start = start
  }

  /** Seconds. */
  get duration(): number {
    return this.samples.length / this.sampleRate
  }

  /**
   * A WAV file, mono at the context's rate.
   * @param format `int16` for every player; `float32` holds the samples bit for bit
   */
  toWAV(format: WavFormat = 'int16'): Blob {
    return new Blob([encodeWav(this.samples, this.sampleRate, format)], { type: 'audio/wav' })
  }

  /**
   * Those of the events that sounded during the recording, with seconds from its beginning. What reaches beyond it is
   * cut to it; what is still running ends with it.
   */
  eventsWithin<Event extends TimedEvent>(events: Iterable<Event>): (Event & { end: number })[] {
    const { start, duration } = this
    const within = (time: number) => Math.min(duration, Math.max(0, time - start))
    return Array.from(events, (event) => ({
      ...event,
      start: within(event.start),
      end: within(event.end ?? Number.POSITIVE_INFINITY),
    })).filter((event) => event.end > event.start)
  }

  /** The recording's sample rate, its length and these events, as JSON to lie beside the WAV file. */
  eventsToJSON(events: Iterable<TimedEvent>): string {
    const { sampleRate, duration } = this
    return JSON.stringify({ sampleRate, duration, events: this.eventsWithin(events) }, null, 2)
  }
}
