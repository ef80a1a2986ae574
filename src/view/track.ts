/** An event as the views show it; seconds on the audio context's clock. */
export interface ShownEvent {
  /** Of the label, where the model has heads. */
  readonly head?: string
  readonly label: string
  readonly start: number
  /** Absent while the event is still running. */
  readonly end?: number
  /** 0…1 */
  readonly confidence: number
}

/**
 * Events in order of their onset. An onset opens an entry; the finished event of the same
 * label closes it, or stands for itself where its onset was never told.
 */
export class EventTrack {
  readonly #limit: number
  #entries: ShownEvent[] = []

  /** @param limit entries kept; the oldest that are over leave first */
  constructor(limit: number) {
    this.#limit = limit
  }

  get entries(): readonly ShownEvent[] {
    return this.#entries
  }

  /** @returns the entry's place and whether it is new */
  put(event: ShownEvent): { index: number; added: boolean } {
    const open = this.#entries.findLastIndex(
      (entry) => entry.label === event.label && entry.head === event.head && entry.end === undefined,
    )
    if (open >= 0) {
      this.#entries[open] = event
      return { index: open, added: false }
    }
    this.#entries.push(event)
    if (this.#entries.length > this.#limit) {
      const over = this.#entries.findIndex(({ end }) => end !== undefined)
      this.#entries.splice(Math.max(0, over), 1)
    }
    return { index: this.#entries.length - 1, added: true }
  }

  /** Takes an event back. @returns its place; -1 where it is not there */
  remove({ label, head, start }: ShownEvent): number {
    const index = this.#entries.findLastIndex(
      (entry) => entry.label === label && entry.head === head && entry.start === start,
    )
    if (index >= 0) this.#entries.splice(index, 1)
    return index
  }

  clear(): void {
    this.#entries = []
  }
}
