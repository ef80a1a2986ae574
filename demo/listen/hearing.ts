import { labelKey } from '../../src/events/index.ts'
import type { Listener } from '../../src/listen.ts'
import type { ShownEvent } from '../../src/view/index.ts'
import { NOTHING, UNKNOWN } from '../common/index.ts'
import { SmoothedScores } from '../desk/index.ts'
import { CalmEvents } from './calm-events.ts'
import { PresentSound } from './present-sound.ts'
import type { RoomLevel } from './room-level.ts'

/** Labels of short sounds that a click or a hiss is easily taken for, and dB they have to stand out of the room. */
const BURSTS = new Set(['impact', 'percussion'])
const BURST_RISE = 10

/** What becomes of it. */
export interface HearingViews {
  show(event: ShownEvent): void
  takeBack(event: ShownEvent): void
  /** The present sound may be another one. */
  tell(present: PresentSound): void
}

/** What a listener hears, calmly: the events that no surer one covers, and the one sound that is named now. */
export class Hearing {
  readonly #listener: Listener
  readonly #room: RoomLevel
  readonly #views: HearingViews
  readonly #calm: CalmEvents
  readonly #present = new PresentSound()
  readonly #smoothed: SmoothedScores
  /** Label → its place among the scores. */
  readonly #places: ReadonlyMap<string, number>
  /** Whether an event of a label that says so is running. */
  #nothing = false

  constructor(listener: Listener, room: RoomLevel, views: HearingViews) {
    this.#listener = listener
    this.#room = room
    this.#views = views
    this.#calm = new CalmEvents({
      show: (event) => views.show(event),
      takeBack: (event) => views.takeBack(event),
      admits: (event) => this.#admits(event),
    })
    this.#places = new Map(listener.labels.map((name, place) => [labelKey(name), place]))
    this.#smoothed = new SmoothedScores(listener.labels.length, listener.model.decoding.smoothingSeconds)
    listener.addEventListener('onset', ({ detail }) => this.#put(detail))
    listener.addEventListener('event', ({ detail }) => this.#put(detail))
  }

  /** Scores of a window. @param level dBFS, now */
  hear(center: number, values: ArrayLike<number>, level: number): void {
    const now = this.#now
    this.#room.add(now, level)
    this.#smoothed.add(center, values)
    this.#calm.hear(now, (event) => this.#score(event))
    const sounding = this.#calm.running.map((event) => ({ event, score: this.#score(event) }))
    this.#present.update(now, sounding, this.#nothing || this.#room.quiet)
    this.#views.tell(this.#present)
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

  get #now(): number {
    return this.#listener.context.currentTime
  }

  #put({ head, label, start, end, confidence }: ShownEvent): void {
    if (NOTHING.has(label)) this.#nothing = end === undefined
    else if (!UNKNOWN.has(label))
      this.#calm.put(
        { ...(head !== undefined && { head }), label, start, ...(end !== undefined && { end }), confidence },
        this.#now,
      )
  }

  #score(event: ShownEvent): number {
    return this.#smoothed.values[this.#places.get(labelKey(event)) ?? -1] ?? 0
  }

  #admits({ label, start }: ShownEvent): boolean {
    const rise = BURSTS.has(label) ? this.#room.riseAt(start) : null
    return rise === null || rise >= BURST_RISE
  }
}
