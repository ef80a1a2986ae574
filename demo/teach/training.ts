import type { FrontendDescription } from '../../src/frontend/index.ts'
import {
  type ExampleStore,
  type Taught,
  Teacher,
  type TeachingChoice,
  type TeachingProgress,
} from '../../src/learning/teaching/index.ts'
import type { LeafFilters } from '../../src/view/index.ts'
import { clearProblem, guardLeaving, partOf, showProblem } from '../common/index.ts'
import { backendNames } from '../desk/index.ts'
import { Curves } from './curves.ts'
import { learned } from './wanted.ts'

export interface TrainingParts {
  readonly section: HTMLElement
  readonly store: ExampleStore
  /** The model file that is taught. */
  readonly base: Uint8Array
  /** Its frontend. */
  readonly frontend: FrontendDescription
  readonly onTaught: (taught: Taught) => Promise<void>
}

/** The middle of the screen: what learns, how it goes, stop. */
export class Training {
  readonly #parts: TrainingParts
  readonly #teacher = new Teacher()
  readonly #curves: Curves
  readonly #filters: LeafFilters
  #stage = ''
  #running = false
  /** Sounds that are learned while it runs. */
  #learned: readonly string[] = []
  /** The first of them that is no longer there: what knows it is not taken. */
  #gone: string | undefined

  constructor(parts: TrainingParts) {
    this.#parts = parts
    const { section, frontend } = parts
    this.#curves = new Curves(partOf<HTMLElement>(section, 'curves') as unknown as SVGElement)
    this.#filters = partOf<LeafFilters>(section, 'filters')
    this.#filters.initial = frontend
    this.#filters.frontend = frontend
    partOf(section, 'train').addEventListener('click', () => void this.#press())
  }

  /** @param lacking what has to be given before it can be trained, '' for nothing */
  update(lacking: string): void {
    const { section, store } = this.#parts
    if (this.#running && this.#gone === undefined) {
      const names = store.classes.map(({ name }) => name)
      this.#gone = this.#learned.find((name) => !names.includes(name))
      if (this.#gone !== undefined) this.#teacher.stop()
    }
    partOf(section, 'lacking').textContent = lacking
    partOf<HTMLButtonElement>(section, 'train').disabled = lacking !== '' && !this.#running
  }

  async #press(): Promise<void> {
    if (this.#running) {
      this.#tell('Stopping after this step …')
      this.#teacher.stop()
      return
    }
    clearProblem()
    this.#setRunning(true)
    try {
      const taught = await this.#teach()
      if (this.#gone !== undefined) {
        this.#tell(`Stopped: ${this.#gone} was deleted or renamed while it was learned. Train again.`)
        return
      }
      if (taught) await this.#parts.onTaught(taught)
      this.#tell(taught ? outcome(taught) : 'Stopped before anything was learned.')
    } catch (error) {
      this.#tell('')
      showProblem(error)
    } finally {
      this.#setRunning(false)
    }
  }

  #teach(): Promise<Taught | null> {
    const { section, store, base } = this.#parts
    const learn = section.querySelector<HTMLInputElement>('[name="teach-learn"]:checked')!
      .value as TeachingChoice
    this.#stage = ''
    partOf(section, 'moving').hidden = learn === 'head'
    this.#filters.setAttribute('view', learn === 'everything' ? 'responses' : 'compression')
    return this.#teacher.train({
      base,
      examples: store.examples(),
      learn,
      name: 'my sounds',
      onProgress: (progress) => this.#show(progress),
    })
  }

  #show(progress: TeachingProgress): void {
    const { section } = this.#parts
    if (progress.stage === 'backend') {
      partOf(section, 'where').textContent = `On ${backendNames[progress.backend]}, in this page`
      return
    }
    if (progress.stage === 'embedding') {
      this.#tell(
        `Listening to your examples: ${progress.done} of ${progress.of}`,
        progress.done / progress.of,
      )
      return
    }
    const { stage, step, steps, loss, secondsLeft, heldOut, frontend } = progress
    if (stage !== this.#stage) {
      this.#stage = stage
      partOf(section, 'watch').hidden = false
      this.#curves.start(steps)
    }
    this.#curves.add(step, loss, heldOut?.loss)
    if (frontend) this.#filters.frontend = frontend
    const what = stage === 'head' ? 'Learning the last layer' : 'Learning on'
    this.#tell(`${what}: step ${step} of ${steps}, about ${Math.ceil(secondsLeft)} s left`, step / steps)
  }

  #setRunning(running: boolean): void {
    this.#running = running
    const { section, store } = this.#parts
    guardLeaving('training', running)
    if (running) {
      this.#learned = learned(store.classes).map(({ name }) => name)
      this.#gone = undefined
    }
    partOf(section, 'train').textContent = running ? 'Stop' : 'Train'
    partOf(section, 'progress').hidden = !running
    if (running) this.#tell('Getting ready …', 0)
  }

  #tell(text: string, share?: number): void {
    const { section } = this.#parts
    partOf(section, 'course').textContent = text
    if (share !== undefined) partOf<HTMLProgressElement>(section, 'progress').value = share
  }
}

function outcome({ seconds, stopped }: Taught): string {
  const time = seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`
  return `${stopped ? 'Stopped' : 'Done'} after ${time}. The best values of the way are kept, and listen below.`
}
