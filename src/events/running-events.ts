import { type DetectedEvent, type EventOnset, eventKey } from './event-decoder.ts'

/** The events of a stream that began and have not ended, each told once with its end, whoever ends it. */
export class RunningEvents {
  readonly #onsets = new Map<string, EventOnset>()
  /** Starts of those that endAll() ended, whose decoder may still tell an end. */
  readonly #ended = new Map<string, number>()

  /** Follows an event from its onset on. */
  begin(onset: EventOnset): void {
    this.#onsets.set(eventKey(onset), onset)
  }

  /**
   * The event is over; one at the very close of a stream may have had no onset.
   * @returns false for one whose end was told before
   */
  end(event: DetectedEvent): boolean {
    const key = eventKey(event)
    if (this.#ended.get(key) === event.start) return false
    if (this.#onsets.get(key)?.start === event.start) this.#onsets.delete(key)
    return true
  }

  /**
   * Ends all of them, because their stream ended.
   * @param time seconds on the clock of the scores; an event that began later ends where it began
   * @returns them, with their end
   */
  endAll(time: number): DetectedEvent[] {
    const events = Array.from(this.#onsets.values(), (onset) => ({
      ...onset,
      end: Math.max(time, onset.start),
    }))
    for (const event of events) this.#ended.set(eventKey(event), event.start)
    this.#onsets.clear()
    return events
  }
}
