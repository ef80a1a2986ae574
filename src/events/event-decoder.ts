import { LeafError } from '../error.ts'
import type { Decoding, Head } from '../model/index.ts'
import { type DecodingOptions, DecodingSettings } from './decoding-settings.ts'
import { type LabelName, labelKey, labelNames } from './label-name.ts'

/** An event that began and may still be running. */
export interface EventOnset extends LabelName {
  /** Seconds, on the clock of the scores. */
  readonly start: number
  /** Highest smoothed score so far, 0 to 1. */
  readonly confidence: number
}

/** The same for two events that cannot run at the same time: one label of one head. */
export function eventKey({ head = '', label }: LabelName): string {
  return `${head}\n${label}`
}

/** An event from start to end. */
export interface DetectedEvent extends EventOnset {
  /** Seconds, on the clock of the scores; after `start`. */
  readonly end: number
}

/** An event being followed. */
interface Run {
  /** Where the step of its first score begins. */
  readonly first: number
  /** Where the event begins: later by the label's offset. */
  readonly start: number
  /** Time of the last score that belongs to it. */
  last: number
  /** False while the score is below `off` and the merge gap is not over. */
  sounding: boolean
  /** Highest smoothed score. */
  peak: number
  announced: boolean
}

/** Rounding of times, seconds. */
const ROUNDING = 1e-9

/**
 * Turns scores into events, label by label: exponential smoothing, a threshold to begin and a lower one to go on,
 * a merge gap, a minimum length. Each score speaks for the step around its time, so an event reaches half a step
 * beyond its first and last score. A label's onset offset makes its events begin later where its score was seen to rise,
 * and last half a step at least; what is long enough or a gap goes by the scores. Scores that are missing for longer than
 * the merge gap end an event.
 */
export class EventDecoder {
  readonly #names: readonly LabelName[]
  readonly #settings: DecodingSettings
  readonly #halfStep: number
  readonly #smoothed: Float64Array
  readonly #runs: (Run | null)[]
  /** Where each label's last event ended. */
  readonly #ends: Float64Array
  #time = Number.NEGATIVE_INFINITY
  #onsets: EventOnset[] = []

  /**
   * @param stepSeconds time from one score to the next
   * @param heads that the labels belong to
   */
  constructor(
    labels: readonly string[],
    decoding: Decoding,
    stepSeconds: number,
    heads: readonly Head[] = [],
  ) {
    this.#names = labelNames(labels, heads)
    this.#settings = new DecodingSettings(this.#names, decoding)
    this.#halfStep = stepSeconds / 2
    this.#smoothed = new Float64Array(labels.length)
    this.#runs = labels.map(() => null)
    this.#ends = new Float64Array(labels.length).fill(Number.NEGATIVE_INFINITY)
  }

  /**
   * Events that the last `push` saw begin. An event is in here once, as soon as it has its minimum length, and comes
   * with its end from a later `push` or `finish`.
   */
  get onsets(): readonly EventOnset[] {
    return this.#onsets
  }

  /**
   * Changes from the next scores on how they become events. A running event that would not have begun with its new
   * threshold is over, and so is one of a label that is told no more.
   *
   * @throws LeafError `arguments` as `DecodingOptions` says, for a label that is not there or in several heads, for numbers out of range;
   * nothing is changed then
   */
  setOptions(options: DecodingOptions): void {
    this.#settings.set(options)
    this.#runs.forEach((run, place) => {
      if (run === null) return
      if (!this.#settings.isHeard(place) || run.peak < this.#settings.label(place).on) run.sounding = false
    })
  }

  /**
   * One threshold by `setOptions`.
   *
   * @param value smoothed score at which events begin, 0 to 1, at 1 none; they end at the same share of it as in the model
   * @param head of the label, where the model has several with a label of this name
   * @throws LeafError as `setOptions`
   */
  setThreshold(label: string, value: number, head?: string): void {
    this.setOptions({ thresholds: { [labelKey({ label, head })]: value } })
  }

  /**
   * Takes the scores of the next window.
   *
   * @param time seconds, the window's centre; later than at the last push
   * @param scores one per label, 0 to 1
   * @returns the events that are now over, of which the last score lies back by more than the merge gap
   * @throws LeafError `arguments` for a time that does not go on, or scores that are not one finite number per label
   */
  push(time: number, scores: ArrayLike<number>): DetectedEvent[] {
    this.#check(time, scores)
    const { smoothingSeconds } = this.#settings
    const weight = smoothingSeconds === 0 ? 1 : 1 - Math.exp(-(time - this.#time) / smoothingSeconds)
    // Before the first window, and where one is missing, nobody saw a score rise.
    const isAlone = time - this.#time > 3 * this.#halfStep
    this.#time = time
    this.#onsets = []
    const events: DetectedEvent[] = []
    for (let label = 0; label < this.#names.length; label++) {
      const before = this.#smoothed[label]
      this.#smoothed[label] = weight * scores[label] + (1 - weight) * before
      this.#follow(label, time, isAlone || before >= this.#settings.label(label).on, events)
    }
    return events
  }

  /**
   * Ends the stream; what is still sounding ends at `time`, or half a step after its onset where that is later. Afterwards
   * the decoder is as new.
   *
   * @param time seconds, where the stream ended
   * @returns the last events
   */
  finish(time: number): DetectedEvent[] {
    const events: DetectedEvent[] = []
    this.#runs.forEach((run, label) => {
      if (run === null) return
      const end = run.last + this.#halfStep
      this.#close(label, run.sounding ? Math.max(time, end) : end, events)
    })
    this.#time = Number.NEGATIVE_INFINITY
    this.#ends.fill(Number.NEGATIVE_INFINITY)
    this.#onsets = []
    return events
  }

  #check(time: number, scores: ArrayLike<number>): void {
    if (!Number.isFinite(time) || time <= this.#time) {
      throw new LeafError(
        'arguments',
        `The time ${time} does not follow ${this.#time}.`,
        'Push windows in order.',
      )
    }
    const usable = scores.length === this.#names.length && Array.from(scores).every(Number.isFinite)
    if (!usable) {
      const wanted = this.#names.length
      throw new LeafError(
        'arguments',
        `The scores are not ${wanted} finite numbers.`,
        'Push one score per label.',
      )
    }
  }

  /** @param isLate whether its score may have been high before: then nobody knows when the sound began */
  #follow(label: number, time: number, isLate: boolean, events: DetectedEvent[]): void {
    const { on, off, minimumSeconds, onsetOffsetSeconds = 0 } = this.#settings.label(label)
    const score = this.#smoothed[label]
    const before = this.#runs[label]
    if (before !== null) {
      const gap = time - before.last - 2 * this.#halfStep
      if (gap > this.#settings.mergeGapSeconds + ROUNDING)
        this.#close(label, before.last + this.#halfStep, events)
    }
    let run = this.#runs[label]
    if (!this.#settings.isHeard(label) || score < (run?.sounding ? off : on)) {
      if (run !== null) run.sounding = false
      return
    }
    if (run === null) {
      const first = time - this.#halfStep
      // Across missing windows, or with another offset, it may be heard again before one that was lengthened is over.
      const start = Math.max(isLate ? first : first + onsetOffsetSeconds, this.#ends[label])
      run = { first, start, last: time, sounding: true, peak: score, announced: false }
      this.#runs[label] = run
    }
    run.sounding = true
    run.last = time
    run.peak = Math.max(run.peak, score)
    if (run.announced || time + this.#halfStep - run.first < minimumSeconds - ROUNDING) return
    run.announced = true
    this.#onsets.push({ ...this.#names[label], start: run.start, confidence: run.peak })
  }

  #close(label: number, end: number, events: DetectedEvent[]): void {
    const { first, start, peak, announced } = this.#runs[label]!
    this.#runs[label] = null
    // One that was announced has an end, though the minimum may have been changed since.
    if (!announced && end - first < this.#settings.label(label).minimumSeconds - ROUNDING) return
    this.#ends[label] = Math.max(end, start + this.#halfStep)
    events.push({ ...this.#names[label], start, end: this.#ends[label], confidence: peak })
  }
}
