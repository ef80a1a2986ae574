import type { ShownEvent } from '../../src/view/index.ts'
import { type CalmRules, calmRules } from './calm-rules.ts'
import { eventName, surestEvents } from './surest.ts'

/** Seconds after which what is over is no longer weighed against what comes. */
const MEMORY = 30
/** By how much a running event has to become surer to be told anew. */
const STEP = 0.01

/** What is shown of events, and what is told of each. */
export interface CalmViews {
  /** A new event, or one that became surer or came to its end. */
  show(event: ShownEvent): void
  /** One that was shown and is only a weaker name for another. */
  takeBack(event: ShownEvent): void
  /** Whether an event that begins shall be shown at all. */
  admits(event: ShownEvent): boolean
}

/** Of the events that come those that no surer one covers, as long as that is so. */
export class CalmEvents {
  readonly #views: CalmViews
  readonly #rules: CalmRules
  #events: ShownEvent[] = []
  #shown = new Set<string>()
  /** Names of those that were refused at their beginning. */
  #refused = new Set<string>()

  constructor(views: CalmViews, rules: CalmRules = calmRules) {
    this.#views = views
    this.#rules = rules
  }

  /** The events that are shown and have not ended. */
  get running(): readonly ShownEvent[] {
    return this.#events.filter((event) => event.end === undefined && this.#shown.has(eventName(event)))
  }

  /** An event that began, or came to its end. @param now seconds, on the clock of the events */
  put(event: ShownEvent, now: number): void {
    const name = eventName(event)
    const place = this.#events.findIndex((known) => eventName(known) === name)
    if (place < 0 && !this.#refused.has(name) && !this.#views.admits(event)) this.#refused.add(name)
    if (this.#refused.has(name)) {
      if (event.end !== undefined) this.#refused.delete(name)
      return
    }
    if (place < 0) this.#events.push(event)
    else this.#events[place] = event
    if (this.#shown.has(name)) this.#views.show(event)
    this.#weigh(now, name)
  }

  /** Running events become surer. @param sureness of an event, 0 to 1 */
  hear(now: number, sureness: (event: ShownEvent) => number): void {
    this.#events = this.#events.map((event) => {
      if (event.end !== undefined) return event
      const confidence = sureness(event)
      if (confidence < event.confidence + STEP) return event
      const surer = { ...event, confidence }
      if (this.#shown.has(eventName(event))) this.#views.show(surer)
      return surer
    })
    this.#weigh(now)
  }

  clear(): void {
    this.#events = []
    this.#shown.clear()
    this.#refused.clear()
  }

  /** @param ending what may still be shown though it is over */
  #weigh(now: number, ending = ''): void {
    this.#events = this.#events.filter(({ end = now }) => end > now - MEMORY)
    const surest = new Set(surestEvents(this.#events, now, this.#rules).map(eventName))
    for (const event of this.#events) {
      const name = eventName(event)
      if (surest.has(name) === this.#shown.has(name)) continue
      if (this.#shown.delete(name)) this.#views.takeBack(event)
      else if (event.end === undefined || name === ending) {
        this.#shown.add(name)
        this.#views.show(event)
      }
    }
  }
}
