/** An event with its label; seconds. */
export interface TimedEvent {
  readonly label: string
  readonly start: number
  readonly end: number
}

/** Counts of which a micro-averaged F1 is made, and which events were found: [reference, estimated]. */
export interface EventCounts {
  readonly found: number
  readonly reference: number
  readonly estimated: number
  readonly pairs: readonly (readonly [TimedEvent, TimedEvent])[]
}

/** Seconds by which an onset may be off. */
const COLLAR = 0.2
/** Share of an event's length by which its end may be off, where that is more than the collar. */
const END_SHARE = 0.5
const SEGMENT = 1

/**
 * Events of one label that match in onset and end, each at most once and as many as possible: event-based scores of
 * Mesaros et al. 2016, "Metrics for polyphonic sound event detection", as sed_eval computes them.
 */
export function matchedEvents(
  reference: readonly TimedEvent[],
  estimated: readonly TimedEvent[],
): EventCounts {
  const candidates = reference.map((one) => estimated.flatMap((other, i) => (matches(one, other) ? [i] : [])))
  /** For each estimated event the reference it is paired with. */
  const partner = new Map<number, number>()
  const place = (one: number, tried: Set<number>): boolean =>
    candidates[one].some((other) => {
      if (tried.has(other)) return false
      tried.add(other)
      const before = partner.get(other)
      if (before !== undefined && !place(before, tried)) return false
      partner.set(other, one)
      return true
    })
  reference.forEach((_, one) => {
    place(one, new Set())
  })
  return {
    found: partner.size,
    reference: reference.length,
    estimated: estimated.length,
    pairs: [...partner].map(([other, one]) => [reference[one], estimated[other]] as const),
  }
}

function matches(one: TimedEvent, other: TimedEvent): boolean {
  const end = Math.max(COLLAR, END_SHARE * (one.end - one.start))
  return (
    one.label === other.label &&
    Math.abs(one.start - other.start) <= COLLAR &&
    Math.abs(one.end - other.end) <= end
  )
}

/** Whether two events of one label overlap. */
export function isMeanwhile(one: TimedEvent, other: TimedEvent): boolean {
  return one.label === other.label && one.start < other.end && other.start < one.end
}

/**
 * The events that count: not those of a label that is none of the reference's meanwhile and may be heard all the same.
 *
 * @param unknown where labels may be heard that nobody has put there
 */
export function judged<Event extends TimedEvent>(
  estimated: readonly Event[],
  reference: readonly TimedEvent[],
  unknown: readonly TimedEvent[],
): Event[] {
  const isIn = (some: readonly TimedEvent[], event: Event) => some.some((one) => isMeanwhile(one, event))
  return estimated.filter((event) => isIn(reference, event) || !isIn(unknown, event))
}

/** Seconds of a scene in which a label is heard, found and wrongly told: segment-based scores of the same paper. */
export function matchedSegments(
  reference: readonly TimedEvent[],
  estimated: readonly TimedEvent[],
): Omit<EventCounts, 'pairs'> {
  const there = segments(reference)
  const told = segments(estimated)
  return {
    found: [...told].filter((segment) => there.has(segment)).length,
    reference: there.size,
    estimated: told.size,
  }
}

function segments(events: readonly TimedEvent[]): Set<string> {
  return new Set(
    events.flatMap(({ label, start, end }) => {
      const first = Math.floor(start / SEGMENT)
      return Array.from({ length: Math.ceil(end / SEGMENT) - first }, (_, i) => `${first + i} ${label}`)
    }),
  )
}

/** 2 found / (reference + estimated), over all scenes and labels. */
export function f1Of(counts: readonly Omit<EventCounts, 'pairs'>[]): number {
  const sum = (key: 'found' | 'reference' | 'estimated') =>
    counts.reduce((total, count) => total + count[key], 0)
  return (2 * sum('found')) / (sum('reference') + sum('estimated'))
}
