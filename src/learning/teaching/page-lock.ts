/**
 * A name that any number of pages may hold at once. Every page of the origin sees the same names.
 *
 * @see https://www.w3.org/TR/web-locks/
 */
export class PageLock {
  /** Whether no other page held it when this one asked; false where the browser has no locks. */
  readonly isFirst: boolean
  readonly #release: () => void

  private constructor(isFirst: boolean, release: () => void) {
    this.isFirst = isFirst
    this.#release = release
  }

  /** Held from now on, until it is released or the page is closed. */
  static async hold(name: string): Promise<PageLock> {
    const { locks } = navigator
    if (locks === undefined) return new PageLock(false, () => {})
    const isFirst = await locks.request(name, { ifAvailable: true }, (lock) => lock !== null)
    return new Promise((resolve, reject) => {
      const held = () => new Promise<void>((release) => resolve(new PageLock(isFirst, release)))
      locks.request(name, { mode: 'shared' }, held).catch(reject)
    })
  }

  release(): void {
    this.#release()
  }
}
