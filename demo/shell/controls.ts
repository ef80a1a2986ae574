import { type FileSource, Microphone } from '../../src/audio/index.ts'
import { byId, clearProblem, showProblem } from '../common/index.ts'
import type { Desk, Sound } from '../desk/index.ts'
import { offerClip } from './clip.ts'
import { DeviceChoice } from './devices.ts'
import { onFile } from './files.ts'
import { foldIntro } from './intro.ts'
import { showProgress, showStatus } from './status.ts'

const PROGRESS_PERIOD_MS = 100

/** The bar that starts and stops what all screens hear: microphone, clip, file. */
export class Controls {
  readonly #desk: Desk
  readonly #devices = new DeviceChoice((deviceId) => this.#changeDevice(deviceId))
  #live = false
  /** Counts starts and stops; what belongs to an earlier turn is no longer shown. */
  #turn = 0
  #progress: ReturnType<typeof setInterval> | undefined

  constructor(desk: Desk) {
    this.#desk = desk
    byId('toggle').addEventListener('click', () => (this.#live ? this.#stop('Stopped') : this.#listen()))
    // Wherever a screen says to start the microphone, it has a button that does.
    document.addEventListener('click', ({ target }) => {
      if (target instanceof Element && target.closest('[data-start]') && !this.#live) this.#listen()
    })
    desk.addEventListener('wanted', () => this.#listen())
    desk.addEventListener('offered', ({ detail: { sound, title } }) => this.#play(sound, title))
    desk.addEventListener('unheard', () => this.#stop('Ready'))
    onFile((file) => this.#play(file, file.name))
    offerClip((address, title) => this.#play(address, title))
    // Without a microphone files still play; what is wrong is said when it is asked for.
    this.#devices.refresh().catch(() => {})
    foldIntro(desk)
  }

  #listen(): void {
    const { deviceId } = this.#devices
    void this.#start(deviceId ? { deviceId } : {}, 'Waiting for the microphone …')
  }

  #play(sound: Blob | URL, title: string): void {
    void this.#start(sound, `Opening ${title} …`, title)
  }

  async #start(sound: Sound, opening: string, title = ''): Promise<void> {
    const turn = ++this.#turn
    clearProblem()
    this.#setLive(true, opening)
    try {
      const source = await this.#desk.start(sound)
      if (turn !== this.#turn || !source) return
      if (source instanceof Microphone) await this.#followMicrophone(source)
      else this.#followFile(source, title)
    } catch (error) {
      if (turn !== this.#turn) return
      this.#stop('Ready')
      showProblem(error)
    }
  }

  #stop(status: string): void {
    this.#turn++
    this.#setLive(false, status)
    this.#desk.stop()
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
    microphone.addEventListener('ended', ({ detail }) => {
      this.#stop('The microphone is gone')
      showProblem(detail.error)
    })
    tell()
    await this.#devices.refresh()
  }

  #followFile(source: FileSource, title: string): void {
    showStatus(`Playing ${title}`, true)
    const turn = this.#turn
    source.addEventListener('ended', () => turn === this.#turn && this.#stop('The clip is over'))
    this.#progress = setInterval(() => showProgress(source.position / source.duration), PROGRESS_PERIOD_MS)
  }

  /** Another device behind a running microphone; otherwise the next start takes it. */
  async #changeDevice(deviceId: string): Promise<void> {
    const { source } = this.#desk
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
