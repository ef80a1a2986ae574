/** Seconds that are remembered. */
const MEMORY = 30
/** Of the remembered levels this share lies below the room's. */
const QUIET_SHARE = 0.1
/** dBFS: below the first all is quiet, above the second nothing is, however long it lasts. */
const SURELY_QUIET = -55
const NEVER_QUIET = -35
/** dB above the room up to which it is as quiet as it gets. */
const MARGIN = 4
/** Seconds around the beginning of an event in which it is as loud as it gets. */
const BEFORE = 0.3
const AFTER = 0.6

/** How loud the room is by itself, and what stands out of it. Levels in dBFS, times in seconds. */
export class RoomLevel {
  #heard: { time: number; level: number }[] = []

  /** @param time later than before */
  add(time: number, level: number): void {
    this.#heard.push({ time, level })
    const first = this.#heard.findIndex((heard) => heard.time > time - MEMORY)
    if (first > 0) this.#heard.splice(0, first)
  }

  clear(): void {
    this.#heard = []
  }

  /** Whether the newest level is that of the room. */
  get quiet(): boolean {
    const newest = this.#heard.at(-1)
    if (!newest) return false
    const room = roomOf(this.#heard) ?? SURELY_QUIET
    return newest.level <= Math.min(NEVER_QUIET, Math.max(SURELY_QUIET, room + MARGIN))
  }

  /** dB by which the loudest moment at a beginning stands out of what was before; null where nothing was before. */
  riseAt(start: number): number | null {
    const room = roomOf(this.#heard.filter(({ time }) => time < start - BEFORE))
    const near = this.#heard.filter(({ time }) => time >= start - BEFORE && time <= start + AFTER)
    if (room === null || near.length === 0) return null
    return Math.max(...near.map(({ level }) => level)) - room
  }
}

function roomOf(heard: readonly { level: number }[]): number | null {
  if (heard.length === 0) return null
  const levels = heard.map(({ level }) => level).sort((a, b) => a - b)
  return levels[Math.floor(QUIET_SHARE * (levels.length - 1))]
}
