import type { ShownEvent } from './track.ts'

/** Where an event of the strip lies. */
export interface Placed {
  readonly event: ShownEvent
  readonly lane: number
  /** Whether there is room for its name. */
  readonly named: boolean
}

/**
 * Puts every event in a lane where it covers no other: the first with room for its name, or else the first with room for
 * the event alone, or else a new one. As many lanes as there have to be, at least `lanes`.
 *
 * @param events in the order of their beginning
 * @param now seconds; where running events reach to
 * @param past seconds; what was over before, its name included, is left out
 * @param nameSeconds how long an event would have to be for its name
 */
export function placeEvents(
  events: readonly ShownEvent[],
  { now, past, lanes }: { readonly now: number; readonly past: number; readonly lanes: number },
  nameSeconds: (event: ShownEvent) => number,
): { readonly placed: readonly Placed[]; readonly lanes: number } {
  /** By lane: where its last event ends, and where that one's name does. */
  const ends = new Array<number>(lanes).fill(Number.NEGATIVE_INFINITY)
  const names = [...ends]
  const placed: { event: ShownEvent; lane: number; named: boolean }[] = []
  const last: (number | undefined)[] = []
  for (const event of events) {
    const end = event.end ?? now
    const until = Math.max(end, event.start + nameSeconds(event))
    if (until < past) continue
    let lane = names.findIndex((time) => time <= event.start)
    if (lane < 0) {
      lane = ends.findIndex((time) => time <= event.start)
      if (lane < 0) lane = ends.length
      // The name of the one before would run into it.
      const before = last[lane]
      if (before !== undefined) placed[before].named = false
    }
    ends[lane] = end
    names[lane] = until
    last[lane] = placed.push({ event, lane, named: true }) - 1
  }
  return { placed, lanes: ends.length }
}
