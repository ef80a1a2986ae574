/** dBFS at the left end of the bar. */
const LOWEST = -60
/** How long the word stays after a sample was clipped. */
const CLIPPED_MS = 2000

/** Level and peak as a bar from -60 dBFS to full scale, and whether samples were clipped a moment ago. */
export class LevelBar {
  readonly #root: HTMLElement
  #clipped: number | null = null
  #clippedAt = Number.NEGATIVE_INFINITY

  /** @param root holds .fill, .peak and .clip */
  constructor(root: HTMLElement) {
    this.#root = root
    const fixed = { 'aria-valuemin': `${LOWEST}`, 'aria-valuemax': '0' }
    for (const [name, value] of Object.entries(fixed)) root.setAttribute(name, value)
  }

  /**
   * @param level dBFS @param peak dBFS @param clipped samples so far; null or undefined where it is not known
   * @param now milliseconds
   */
  show(
    level: number | null | undefined,
    peak: number | null | undefined,
    clipped: number | null | undefined,
    now: number,
  ): void {
    this.#root.hidden = typeof level !== 'number'
    if (typeof level !== 'number') return
    const known = clipped ?? 0
    if (this.#clipped !== null && known > this.#clipped) this.#clippedAt = now
    this.#clipped = known
    const part = (name: string) => this.#root.querySelector(name) as HTMLElement
    part('.fill').style.transform = `scaleX(${share(level)})`
    part('.peak').style.transform = `translateX(${(share(peak ?? level) - 1) * 100}%)`
    part('.clip').hidden = now - this.#clippedAt > CLIPPED_MS
    const rounded = Math.round(Math.min(0, Math.max(LOWEST, level)))
    this.#root.setAttribute('aria-valuenow', `${rounded}`)
    this.#root.setAttribute(
      'aria-valuetext',
      level <= LOWEST ? 'silence' : `${-rounded} decibels below full scale`,
    )
  }
}

/** Where dBFS lie on the bar, 0 to 1. */
function share(decibels: number): number {
  return Math.min(1, Math.max(0, 1 - decibels / LOWEST))
}
