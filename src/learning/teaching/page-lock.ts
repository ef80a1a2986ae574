/**
 * A shared Web Lock, which any number of pages of the origin may hold at once.
 *
 * @see https://www.w3.org/TR/web-locks/
 */
export class PageLock {
  /** No other page held it when this one asked; false in browsers without Web Locks. */
  readonly isFirst: boolean
  readonly #release: () => void

  private constructor(isFirst: boolean, release: () => void) {
    this.isFirst = isFirst
    this.#release = release
  }

  /** Acquires the lock until it is released or the page closes. */
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
