/** What the browsers of a run share. */
export interface Surroundings {
  /** For profiles and the like; emptied at the end. */
  readonly folder: string
  /** What browsers find in their environment beside the usual. */
  readonly environment: NodeJS.ProcessEnv
}

/** A browser the command knows. */
export interface BrowserKind {
  readonly name: string
  /** Null if it can be started here, else what is missing and how to get it. */
  missing(): string | null
  start(surroundings: Surroundings): Promise<Session>
}

/** One page in one browser, whatever the browser is driven with. */
export interface Session {
  /** Name and version, as the browser tells it. */
  readonly version: string
  /** Loads a page and waits for its script. */
  open(address: string): Promise<void>
  /**
   * What an expression in the page resolves to, as JSON.
   * @throws Error with what it rejects with
   */
  call<Value>(expression: string): Promise<Value>
  close(): Promise<void>
}

/** The two commands of the W3C's WebDriver that a session is made of. */
export interface Driver {
  navigate(address: string): Promise<unknown>
  /** Runs the body of a function, whose last argument is to be called with the result. */
  executeAsync(body: string): Promise<unknown>
}

/** For a script in the page: the bundled clip takes 20 s. */
export const SCRIPT_LIMIT_MS = 90_000

/** What sessions over WebDriver have in common. */
export function driven(driver: Driver): Pick<Session, 'open' | 'call'> {
  async function call<Value>(expression: string): Promise<Value> {
    const body = `const done = arguments[arguments.length - 1]
      Promise.resolve(${expression}).then((value) => done({ value }), (error) => done({ error: String(error) }))`
    const { value, error } = (await driver.executeAsync(body)) as { value: Value; error?: string }
    if (error !== undefined) throw new Error(error)
    return value
  }
  return {
    call,
    async open(address) {
      await driver.navigate(address)
      // The module script of the page may still be on its way.
      await call(`new Promise((resolve) => {
        const look = () => (window.api ? resolve(null) : setTimeout(look, 20))
        look()
      })`)
    },
  }
}
