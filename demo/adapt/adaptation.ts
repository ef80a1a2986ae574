import { type Adapted, type AdaptingProgress, Teacher } from '../../src/learning/teaching/index.ts'
import { clearProblem, guardLeaving, partOf, showProblem } from '../common/index.ts'
import type { Subject } from './subject.ts'

export interface AdaptationParts {
  readonly section: HTMLElement
  /** The room as it was recorded; null as long as there is none. */
  readonly noise: () => Float32Array | null
  readonly onAdapted: (adapted: Adapted) => void
}

/** Where the steps begin and end on the bar: what is measured before and after has the rest of it. */
const [FROM, TO] = [0.2, 0.8]

/** The second step: how loud the room is, adapting, how it goes, stop. */
export class Adaptation {
  readonly #parts: AdaptationParts
  #teacher = new Teacher()
  #subject: Subject | null = null
  #running = false
  #hasSteps = false

  constructor(parts: AdaptationParts) {
    this.#parts = parts
    partOf(parts.section, 'adapt').addEventListener('click', () => void this.#press())
  }

  /** Adapts this from now on; what is under way with another one ends. */
  use(subject: Subject): void {
    this.#teacher.dispose()
    this.#teacher = new Teacher()
    this.#subject = subject
    this.update()
  }

  /** The room has changed. */
  update(): void {
    const { section, noise } = this.#parts
    partOf<HTMLButtonElement>(section, 'adapt').disabled = !noise() && !this.#running
    if (!this.#running) this.#tell(noise() ? 'Takes a few seconds.' : 'Record the room first.')
  }

  async #press(): Promise<void> {
    if (this.#running) {
      this.#tell('Stopping …')
      this.#teacher.stop()
      return
    }
    const noise = this.#parts.noise()
    const subject = this.#subject
    if (!noise || !subject) return
    clearProblem()
    this.#setRunning(true)
    try {
      const adapted = await this.#adapt(subject, noise)
      if (this.#subject !== subject) return
      if (adapted) this.#parts.onAdapted(adapted)
      this.#tell(adapted ? outcome(adapted) : 'Stopped: your model is as it was.')
    } catch (error) {
      if (this.#subject !== subject) return
      this.#tell('')
      showProblem(error)
    } finally {
      this.#setRunning(false)
      if (this.#subject !== subject) this.update()
    }
  }

  #adapt({ bytes, examples, quiet }: Subject, noise: Float32Array): Promise<Adapted | null> {
    const { section } = this.#parts
    const { value } = section.querySelector<HTMLInputElement>('[name="adapt-snr"]:checked')!
    this.#hasSteps = false
    return this.#teacher.adapt({
      ...{ model: bytes, examples: examples.examples(), noise, quiet },
      snr: value === '' ? null : Number(value),
      onProgress: (progress) => this.#show(progress),
    })
  }

  #show(progress: AdaptingProgress): void {
    if (progress.stage === 'adapting') {
      const { step, steps, loss } = progress
      this.#hasSteps = true
      this.#tell(
        `Adapting: step ${step} of ${steps}, loss ${loss.toFixed(3)}`,
        FROM + (TO - FROM) * (step / steps),
      )
      return
    }
    const { done, of } = progress
    const share = done / of
    this.#tell(
      `Hearing ${done} of ${of} ${this.#hasSteps ? 'again, adapted' : 'as taught'}`,
      this.#hasSteps ? TO + (1 - TO) * share : FROM * share,
    )
  }

  #setRunning(running: boolean): void {
    this.#running = running
    guardLeaving('adaptation', running)
    const { section, noise } = this.#parts
    const button = partOf<HTMLButtonElement>(section, 'adapt')
    button.textContent = running ? 'Stop' : 'Adapt'
    button.disabled = !running && !noise()
    partOf(section, 'progress').hidden = !running
    if (running) this.#tell('Getting ready …', 0)
  }

  #tell(text: string, share?: number): void {
    const { section } = this.#parts
    partOf(section, 'course').textContent = text
    if (share !== undefined) partOf<HTMLProgressElement>(section, 'progress').value = share
  }
}

function outcome({ learned, seconds, snr }: Adapted): string {
  return (
    `Adapted in ${Math.ceil(seconds)} s from ${learned.sounds} sounds (${Math.round(learned.seconds)} s), ` +
    `which are ${Math.round(snr)} dB above the room.`
  )
}
