import { SingleBar } from 'cli-progress'

/** A bar on a terminal; where output goes to a file, only what is said. */
export class ProgressBar {
  readonly #bar: SingleBar

  constructor(what: string, total: number) {
    this.#bar = new SingleBar({
      format: `${what} {bar} {value}/{total}, {eta_formatted} left`,
      clearOnComplete: true,
      hideCursor: true,
    })
    this.#bar.start(total, 0)
  }

  advance(): void {
    this.#bar.increment()
  }

  reach(value: number): void {
    this.#bar.update(value)
  }

  /** A line that stays above the bar. */
  say(line: string): void {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
    process.stderr.write(`${line}\n`)
  }

  stop(): void {
    this.#bar.stop()
  }
}
