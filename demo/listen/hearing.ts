import { type LabelName, labelKey } from '../../src/events/index.ts'
import type { ShownEvent } from '../../src/view/index.ts'
import { NOTHING, UNKNOWN } from '../common/index.ts'
import { SmoothedScores } from '../desk/index.ts'
import { CalmEvents } from './calm-events.ts'
import { BURSTS, type CalmRules, calmRules } from './calm-rules.ts'
import { PresentSound } from './present-sound.ts'
import type { RoomLevel } from './room-level.ts'

/** Whose scores and events they are. */
export interface HeardModel {
  readonly labels: readonly LabelName[]
  /** Of the scores. */
  readonly smoothingSeconds: number
}

/** What becomes of it. */
export interface HearingViews {
  show(event: ShownEvent): void
  takeBack(event: ShownEvent): void
  /** The present sound may be another one. */
  tell(present: PresentSound): void
}

/**
 * What is heard, calmly: the events that no surer one covers, and the one sound that is named now. It knows neither page
 * nor listener: `npm run soundscapes` measures what it shows. Times in seconds, all on one clock.
 */
export class Hearing {
  readonly #room: RoomLevel
  readonly #views: HearingViews
  readonly #rules: CalmRules
  readonly #calm: CalmEvents
  readonly #present = new PresentSound()
  readonly #smoothed: SmoothedScores
  /** Label → its place among the scores. */
  readonly #places: ReadonlyMap<string, number>
  /** Whether an event of a label that says so is running. */
  #nothing = false

  constructor(
    { labels, smoothingSeconds }: HeardModel,
    room: RoomLevel,
    views: HearingViews,
    rules: CalmRules = calmRules,
  ) {
    this.#room = room
    this.#views = views
    this.#rules = rules
    const show = (event: ShownEvent) => views.show(event)
    const takeBack = (event: ShownEvent) => views.takeBack(event)
    this.#calm = new CalmEvents({ show, takeBack, admits: (event) => this.#admits(event) }, rules)
    this.#places = new Map(labels.map((name, place) => [labelKey(name), place]))
    this.#smoothed = new SmoothedScores(labels.length, smoothingSeconds)
  }

  /** Scores of the window around `center`. @param level dBFS, now */
  hear(now: number, center: number, values: ArrayLike<number>, level: number): void {
    this.#room.add(now, level)
    this.#smoothed.add(center, values)
    this.#calm.hear(now, (event) => this.#score(event))
    const sounding = this.#calm.running.map((event) => ({ event, score: this.#score(event) }))
    this.#present.update(now, sounding, this.#nothing || this.#room.quiet)
    this.#views.tell(this.#present)
  }

  /** An event that began, or came to its end. */
  put(now: number, { head, label, start, end, confidence }: ShownEvent): void {
    if (NOTHING.has(label)) this.#nothing = end === undefined
    else if (!UNKNOWN.has(label))
      this.#calm.put(
        { ...(head !== undefined && { head }), label, start, ...(end !== undefined && { end }), confidence },
        now,
      )
  }

  /** What is shown was cleared. */
  clear(): void {
    this.#calm.clear()
  }

  /** Nothing sounds any more. */
  rest(): void {
    this.#present.rest()
    this.#views.tell(this.#present)
  }

  #score(event: ShownEvent): number {
    return this.#smoothed.values[this.#places.get(labelKey(event)) ?? -1] ?? 0
  }

  #admits({ label, start }: ShownEvent): boolean {
    const rise = BURSTS.has(label) ? this.#room.riseAt(start) : null
    return rise === null || rise >= this.#rules.burstRise
  }
}
