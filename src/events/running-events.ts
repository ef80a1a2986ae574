import { type DetectedEvent, type EventOnset, eventKey } from './event-decoder.ts'

/** The events of a stream that began and have not ended, each told once with its end, whoever ends it. */
export class RunningEvents {
  readonly #onsets = new Map<string, EventOnset>()

  /** Follows an event from its onset on. */
  begin(onset: EventOnset): void {
    this.#onsets.set(eventKey(onset), onset)
  }

  /** The event is over. @returns false for one that is not running: its end was told before */
  end(event: DetectedEvent): boolean {
    const key = eventKey(event)
    if (this.#onsets.get(key)?.start !== event.start) return false
    return this.#onsets.delete(key)
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
    this.#onsets.clear()
    return events
  }
}
