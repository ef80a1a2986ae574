import type { FrontendDescription } from '../../src/frontend/index.ts'
import type { LeafFilters } from '../../src/view/index.ts'
import { showProblem } from '../common/index.ts'
import { type Desk, Ear } from '../desk/index.ts'

/** The frontend that is looked at, hearing the desk and lighting its filters up. */
export class LiveEar {
  readonly #desk: Desk
  readonly #filters: LeafFilters
  #opening: Promise<Ear> | null = null
  /** What the ear was opened with. */
  #frontend: FrontendDescription | null = null

  constructor(desk: Desk, filters: LeafFilters) {
    this.#desk = desk
    this.#filters = filters
  }

  /** Hears from now on, if it does not yet. @returns the node's input; null where there is none */
  async open(): Promise<AudioNode | null> {
    const { frontend } = this.#filters
    if (!frontend) return null
    if (!this.#opening) {
      this.#frontend = frontend
      const opening = Ear.open(this.#desk, frontend)
      this.#opening = opening
      opening.then(
        ({ frames }) => {
          if (this.#opening === opening) this.#filters.frames = frames
        },
        (error) => this.#opening === opening && showProblem(error),
      )
    }
    const ear = await this.#opening.catch(() => null)
    return ear?.node.input ?? null
  }

  /** Goes on with the frontend that is looked at now, if it hears at all. */
  change(): void {
    if (!this.#opening || this.#filters.frontend === this.#frontend) return
    this.close()
    void this.open()
  }

  /** Lets its node go. */
  close(): void {
    this.#opening?.then(
      (ear) => ear.close(),
      () => {},
    )
    this.#opening = null
    this.#filters.frames = null
  }
}
