import type { TimedEvent } from '../soundscapes/event-score.ts'
import type { ToldEvent } from '../soundscapes/listen-offline.ts'

/**
 * Seconds from the beginning of each sound to the first telling of its name while it sounds. A sound that is not told, or
 * whose name was told before and is still running, has no delay.
 */
export function onsetDelays(reference: readonly TimedEvent[], told: readonly ToldEvent[]): number[] {
  return reference.flatMap(({ label, start, end }) => {
    const own = told.filter((event) => event.label === label)
    const isRunning = own.some((event) => event.told < start && event.end > start)
    const tellings = own.map((event) => event.told).filter((time) => time >= start && time <= end + LATE)
    return isRunning || tellings.length === 0 ? [] : [Math.min(...tellings) - start]
  })
}

/** Seconds after the end of a sound in which its name can still come: a window, its smoothing and its minimum length. */
const LATE = 1.5

/** @param share 0.5 for the median */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
}
