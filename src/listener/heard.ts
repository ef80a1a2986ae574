import type { PageClock, Recording } from '../audio/index.ts'
import type { Scores } from '../classifier/index.ts'
import { type DetectedEvent, type EventOnset, findLabel, type LabelName, labelKey } from '../events/index.ts'

/** An event that began, as a listener tells it. */
export class HeardOnset implements EventOnset {
  declare readonly head?: string
  declare readonly label: string
  declare readonly start: number
  declare readonly confidence: number
  /** The start on the page's clock: milliseconds, as `performance.now()` and the `timeStamp` of events have them. */
  readonly pageStart: number

  /** @internal */
  constructor(onset: EventOnset, clock: PageClock) {
    Object.assign(this, onset)
    this.pageStart = clock.at(onset.start)
  }
}

/** An event from start to end, as a listener tells it. */
export class HeardEvent extends HeardOnset implements DetectedEvent {
  declare readonly end: number
  /** The end on the page's clock, milliseconds. */
  readonly pageEnd: number
  readonly #cut: (event: DetectedEvent) => Promise<Recording>

  /** @internal */
  constructor(event: DetectedEvent, clock: PageClock, cut: (event: DetectedEvent) => Promise<Recording>) {
    super(event, clock)
    this.pageEnd = clock.at(event.end)
    this.#cut = cut
  }

  /**
   * The sound of the event, where the listener was told to `record`; the last of it where that is longer than what is
   * remembered. Ask for it when the event comes.
   * @throws LeafError `arguments` where nothing is recorded or the sound is forgotten; as `Recorder.take`
   */
  audio(): Promise<Recording> {
    return this.#cut(this)
  }
}

/** A label with its score, 0 to 1. */
export interface LabelScore extends LabelName {
  readonly score: number
}

/** Scores of one window, as a listener tells them. */
export class HeardScores implements Scores {
  declare readonly center: number
  declare readonly end: number
  declare readonly values: Float32Array
  /** The end on the page's clock, milliseconds. */
  readonly pageEnd: number
  readonly #labels: readonly LabelName[]

  /** @internal */
  constructor(scores: Scores, clock: PageClock, labels: readonly LabelName[]) {
    Object.assign(this, scores)
    this.pageEnd = clock.at(scores.end)
    this.#labels = labels
  }

  /**
   * The score of a label, 0 to 1.
   * @param head of the label, where the model has several with a label of this name
   * @throws LeafError `arguments` for a label the model has not, or several heads have
   */
  of(label: string, head?: string): number {
    return this.values[findLabel(this.#labels, labelKey({ label, head }))]
  }

  /** The labels with the highest scores, the highest first. @param count at most; 1 when left out */
  top(count = 1): LabelScore[] {
    return this.#labels
      .map((name, place) => ({ ...name, score: this.values[place] }))
      .sort((a, b) => b.score - a.score)
      .slice(0, count)
  }
}
