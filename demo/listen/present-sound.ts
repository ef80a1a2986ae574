import { type LabelName, labelKey } from '../../src/events/index.ts'
import type { ShownEvent } from '../../src/view/index.ts'

/** What is there to hear now. */
export type Present =
  | { readonly kind: 'sound'; readonly name: LabelName; readonly share: number }
  | { readonly kind: 'quiet' }
  | { readonly kind: 'other' }

/** An event that is running, with its score now, 0 to 1. */
export interface Sounding {
  readonly event: ShownEvent
  readonly score: number
}

/** An event whose score falls below this share of its highest has fallen silent, though it may go on. */
const SOUNDING = 0.6
/** By how much another sound has to be surer to take the place of the present one. */
const LEAD = 0.1
/** Seconds after which nothing takes the place of a sound. */
const HOLD = 0.6
const PAST = 3

/** The one sound that is named now, and the last ones before it. */
export class PresentSound {
  present: Present = { kind: 'quiet' }
  /** The newest first. */
  past: readonly LabelName[] = []
  /** What would take the place of the present one, and since when; seconds. */
  #next: { kind: Present['kind']; since: number } | null = null

  /** @param time seconds @param quiet whether nothing sounds, as far as level and model know */
  update(time: number, sounding: readonly Sounding[], quiet: boolean): void {
    const best = this.#best(sounding.filter(({ event, score }) => score >= SOUNDING * event.confidence))
    if (best) {
      const { head, label, confidence } = best.event
      this.#become({
        kind: 'sound',
        name: head === undefined ? { label } : { head, label },
        share: confidence,
      })
      return
    }
    const kind = quiet ? 'quiet' : 'other'
    if (kind === this.present.kind) this.#next = null
    else if (this.#next?.kind !== kind) this.#next = { kind, since: time }
    else if (time - this.#next.since >= HOLD) this.#become({ kind })
  }

  /** Nothing is heard any more. */
  rest(): void {
    this.#become({ kind: 'quiet' })
  }

  #best(candidates: readonly Sounding[]): Sounding | undefined {
    const surest = [...candidates].sort((a, b) => b.score - a.score)[0]
    const same = candidates.find(({ event }) => this.#isPresent(event))
    return same && surest.score < same.score + LEAD ? same : surest
  }

  #isPresent(name: LabelName): boolean {
    return this.present.kind === 'sound' && labelKey(this.present.name) === labelKey(name)
  }

  #become(next: Present): void {
    this.#next = null
    const before = this.present
    this.present = next
    const stays = next.kind === 'sound' ? labelKey(next.name) : ''
    if (before.kind !== 'sound' || labelKey(before.name) === stays) return
    const others = this.past.filter((name) => labelKey(name) !== labelKey(before.name))
    this.past = [before.name, ...others].slice(0, PAST)
  }
}
