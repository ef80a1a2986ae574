import { FileSource } from '../../src/audio/file-source.ts'
import { Microphone } from '../../src/audio/microphone.ts'
import { createListener, type Listener, type SourceChoice } from '../../src/listen.ts'
import { fetchModel, readModel } from '../../src/model/index.ts'
import { byId } from '../dom.ts'
import { offerClip } from './clip.ts'
import { DeviceChoice } from './devices.ts'
import { onFile } from './files.ts'
import { clearProblem, showProblem } from './problem.ts'
import { showDetector, showProgress, showStatus } from './status.ts'
import { Views } from './views.ts'

const MODEL_ADDRESS = './models/events.safetensors'
const PROGRESS_PERIOD_MS = 100

/** The Listen screen: start and stop a source, see and read what is heard in it. */
export class ListenScreen {
  readonly #views = new Views()
  readonly #devices = new DeviceChoice((deviceId) => this.#changeDevice(deviceId))
  readonly #model: Promise<Uint8Array>
  #listener: Promise<Listener> | null = null
  /** Counts starts and stops; what belongs to an earlier turn is no longer shown. */
  #turn = 0
  #live = false
  #progress: ReturnType<typeof setInterval> | undefined

  constructor() {
    byId('toggle').addEventListener('click', () => (this.#live ? this.#stop('Stopped') : this.#listen()))
    onFile((file) => this.#play(file, file.name))
    offerClip((address, title) => this.#play(address, title))
    // Without a microphone files still play; what is wrong is said when it is asked for.
    this.#devices.refresh().catch(() => {})
    this.#model = this.#loadModel()
    this.#model.catch(showProblem)
  }

  async #loadModel(): Promise<Uint8Array> {
    try {
      const bytes = await fetchModel(new URL(MODEL_ADDRESS, document.baseURI))
      this.#views.prepare(readModel(bytes))
      return bytes
    } catch (error) {
      showDetector('Detector: there is no model')
      throw error
    }
  }

  #listen(): void {
    const { deviceId } = this.#devices
    void this.#start(deviceId ? { deviceId } : 'microphone', 'Waiting for the microphone …')
  }

  #play(sound: Blob | URL, title: string): void {
    void this.#start(sound, `Opening ${title} …`, title)
  }

  async #start(choice: SourceChoice, opening: string, title = ''): Promise<void> {
    const turn = ++this.#turn
    clearProblem()
    this.#setLive(true, opening)
    try {
      const listener = await this.#ready()
      if (turn !== this.#turn || !(await listener.start(choice))) return
      const { source } = listener
      if (source instanceof Microphone) await this.#followMicrophone(source)
      if (source instanceof FileSource) this.#followFile(source, title)
    } catch (error) {
      if (turn !== this.#turn) return
      this.#stop('Ready')
      showProblem(error)
    }
  }

  /** The listener; the first call makes it, and has to come from a click or a key press. */
  #ready(): Promise<Listener> {
    this.#listener ??= this.#create()
    this.#listener.catch(() => {
      this.#listener = null
    })
    return this.#listener
  }

  async #create(): Promise<Listener> {
    const model = await this.#model
    showDetector('Detector: getting ready …')
    const listener = await createListener({ model })
    listener.addEventListener('ended', ({ detail }) => {
      this.#stop(detail.error ? 'The microphone is gone' : 'The clip is over')
      if (detail.error) showProblem(detail.error)
    })
    await this.#views.attach(listener)
    return listener
  }

  #stop(status: string): void {
    this.#turn++
    this.#setLive(false, status)
    void this.#listener?.then((listener) => listener.stop())
  }

  #setLive(live: boolean, status: string): void {
    this.#live = live
    showStatus(status, live)
    clearInterval(this.#progress)
    showProgress(null)
  }

  async #followMicrophone(microphone: Microphone): Promise<void> {
    const tell = () => showStatus(`Listening · ${microphone.device.label}`, true)
    microphone.addEventListener('devicechange', ({ detail }) => this.#devices.show(detail.devices))
    microphone.addEventListener('recovered', tell)
    microphone.addEventListener('running', tell)
    microphone.addEventListener('interrupted', () =>
      showStatus('The system has taken the sound; it goes on when it comes back', true),
    )
    tell()
    await this.#devices.refresh()
  }

  #followFile(source: FileSource, title: string): void {
    showStatus(`Playing ${title}`, true)
    this.#progress = setInterval(() => showProgress(source.position / source.duration), PROGRESS_PERIOD_MS)
  }

  /** Another device behind a running microphone; otherwise the next start takes it. */
  async #changeDevice(deviceId: string): Promise<void> {
    const source = (await this.#listener)?.source
    if (!(source instanceof Microphone)) return
    try {
      await source.choose(deviceId || 'default')
      showStatus(`Listening · ${source.device.label}`, true)
    } catch (error) {
      showProblem(error)
      this.#devices.select(source.device.deviceId)
    }
  }
}
