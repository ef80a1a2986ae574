import { type LabelName, labelKey } from '../../src/events/index.ts'
import type { ShownEvent } from '../../src/view/index.ts'
import { type CalmRules, calmRules } from './calm-rules.ts'

/**
 * The events that are no weaker name for what a surer one names: those of which no surer one of the same head covers the
 * share of the rules. Two that are equally sure are two sounds.
 *
 * @param now seconds; where running events reach to
 */
export function surestEvents<Event extends ShownEvent>(
  events: readonly Event[],
  now: number,
  { covered }: Pick<CalmRules, 'covered'> = calmRules,
): Event[] {
  return events.filter((event) => !events.some((other) => covers(other, event, now, covered)))
}

function covers(other: ShownEvent, event: ShownEvent, now: number, share: number): boolean {
  if (other.confidence <= event.confidence || other.head !== event.head || other.label === event.label)
    return false
  const end = event.end ?? now
  const both = Math.min(other.end ?? now, end) - Math.max(other.start, event.start)
  return both > 0 && both >= share * (end - event.start)
}

/** Name of an event among others: its label may have several. */
export function eventName(event: LabelName & { readonly start: number }): string {
  return `${labelKey(event)} ${event.start}`
}
