// One page for the tests of a file: loaded anew, it takes the browser half the time of a new one.
import type { Browser, Page } from 'playwright'

/** What tests may have listened to. */
const EVENTS = ['console', 'pageerror', 'request', 'worker'] as const

export class KeptPage {
  readonly #browser: Browser
  #page: Page | undefined

  constructor(browser: Browser) {
    this.#browser = browser
  }

  /**
   * Loads it, without the routes and listeners of the test before. What is kept beyond a page's life, as storage or an
   * emulation, is still there: a test that changes that takes a page of its own.
   */
  async load(address: string, prepare?: (page: Page) => Promise<unknown> | unknown): Promise<Page> {
    this.#page ??= await this.#browser.newPage()
    for (const event of EVENTS) this.#page.removeAllListeners(event)
    await this.#page.unrouteAll()
    // Out of the way of what is tested.
    const { width, height } = this.#page.viewportSize()!
    await this.#page.mouse.move(width - 1, height - 1)
    await prepare?.(this.#page)
    await this.#page.goto(address)
    return this.#page
  }
}
