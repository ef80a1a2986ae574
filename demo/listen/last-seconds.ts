import { strToU8, zipSync } from 'fflate'
import { createRecorder, type Recorder } from '../../src/audio/index.ts'
import type { ShownEvent } from '../../src/view/index.ts'
import { download, partOf, showProblem } from '../common/index.ts'
import type { Desk } from '../desk/index.ts'

const SECONDS = 30

/** Remembers the last half minute of what sounds at the desk, and saves it with its events. */
export class LastSeconds {
  readonly #desk: Desk
  readonly #button: HTMLButtonElement
  readonly #events: () => readonly ShownEvent[]
  #recorder: Promise<Recorder> | null = null

  /** @param events those that were shown, in the order of their beginning */
  constructor(section: HTMLElement, desk: Desk, events: () => readonly ShownEvent[]) {
    this.#desk = desk
    this.#button = partOf(section, 'record')
    this.#events = events
    desk.addEventListener('live', () => this.#start())
    this.#button.addEventListener('click', () => this.#save().catch(showProblem))
  }

  #start(): void {
    this.#recorder ??= this.#create()
    this.#recorder.catch((error) => {
      this.#recorder = null
      showProblem(error)
    })
  }

  async #create(): Promise<Recorder> {
    const recorder = await createRecorder(this.#desk.context, { seconds: SECONDS })
    this.#desk.output.connect(recorder.input)
    this.#button.disabled = false
    return recorder
  }

  async #save(): Promise<void> {
    const recording = await (await this.#recorder)!.take()
    const wav = new Uint8Array(await recording.toWAV().arrayBuffer())
    const events = strToU8(recording.eventsToJSON(this.#events()))
    // One file of both: a browser asks before it lets a page save two at once.
    const archive = zipSync({ 'sound.wav': wav, 'events.json': events }, { level: 0 })
    download(
      new Blob([archive as Uint8Array<ArrayBuffer>], { type: 'application/zip' }),
      'last-30-seconds.zip',
    )
  }
}
