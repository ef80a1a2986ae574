/** A labelled place on an axis; `position` in rows or seconds, by the axis. */
export interface Tick {
  readonly position: number
  readonly value: number
}

/** Hz. */
export const ROUND_HERTZ = [50, 100, 200, 500, 1000, 2000, 4000, 8000, 16000, 32000, 64000]

/**
 * Round frequencies on an axis whose rows are channels.
 * @param frequencies rising centre frequencies in Hz, one a row
 * @param gap least distance between two ticks, in rows
 * @returns ticks from low to high; `position` counts rows from the lowest channel's centre
 */
export function frequencyTicks(frequencies: ArrayLike<number>, gap: number): Tick[] {
  const ticks: Tick[] = []
  for (const value of ROUND_HERTZ) {
    const position = rowOf(frequencies, value)
    const last = ticks.at(-1)
    if (position !== null && (!last || position - last.position >= gap)) ticks.push({ position, value })
  }
  return ticks
}

/**
 * The ticks of some rows of such an axis: round frequencies, or the rows' own where they hold fewer than two.
 * @param band rows from … to …, where row 0 reaches from 0 to 1
 */
export function bandTicks(
  frequencies: ArrayLike<number>,
  gap: number,
  band: { readonly from: number; readonly to: number },
): Tick[] {
  const inside = ({ position }: Tick) => position + 0.5 >= band.from && position + 0.5 <= band.to
  const round = frequencyTicks(frequencies, gap).filter(inside)
  if (round.length > 1) return round
  const step = Math.max(1, Math.ceil(gap))
  const ticks: Tick[] = []
  for (let row = Math.ceil(band.from); row < Math.floor(band.to); row += step)
    ticks.push({ position: row, value: frequencies[row] })
  return ticks
}

/** Where a frequency lies between the rows, or null outside them. */
export function rowOf(frequencies: ArrayLike<number>, value: number): number | null {
  for (let row = 1; row < frequencies.length; row++) {
    const low = frequencies[row - 1]
    const high = frequencies[row]
    if (low <= value && value <= high) return row - 1 + (high > low ? (value - low) / (high - low) : 0)
  }
  return null
}

/** Whole multiples of `step` seconds within [from, to]. */
export function timeTicks(from: number, to: number, step: number): number[] {
  const ticks: number[] = []
  for (let k = Math.ceil(from / step); k * step <= to; k++) ticks.push(k * step)
  return ticks
}
