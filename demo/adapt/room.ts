import type { FrameReader } from '../../src/frame-channel/index.ts'
import type { FrontendDescription } from '../../src/frontend/index.ts'
import type { LeafSpectrogram } from '../../src/view/index.ts'
import { clearProblem, partOf, showProblem } from '../common/index.ts'
import { type Desk, decibelsOf, Ear } from '../desk/index.ts'
import { decodeFile, play, Take } from '../examples/index.ts'
import { showWhole } from './picture.ts'

/** Seconds; what a file has beyond is left out. */
const LONGEST = 60
const LIVE_SECONDS = '10'
const TICK_MS = 100
/** dBFS of a recording without a sound in it. */
const SILENCE = -120

/** A recording that is running. */
interface Running {
  readonly take: Take
  readonly ear: Ear
  /** Lets go of what sounds for this. */
  readonly release: () => void
  readonly ticking: ReturnType<typeof setInterval>
}

/** The first step: the room as it sounds, recorded or from a file, its level and its picture. */
export class Room {
  readonly #section: HTMLElement
  readonly #desk: Desk
  readonly #onChange: () => void
  readonly #picture: LeafSpectrogram
  #frontend: FrontendDescription | null = null
  #noise: Float32Array | null = null
  #running: Promise<Running | null> | null = null
  /** The microphone is asked for. */
  #isStarting = false
  /** What the picture shows of a recording that is over. */
  #shown: FrameReader | null = null
  #silence: () => void = () => {}

  constructor(section: HTMLElement, desk: Desk, onChange: () => void) {
    this.#section = section
    this.#desk = desk
    this.#onChange = onChange
    this.#picture = partOf(section, 'picture')
    partOf(section, 'record').addEventListener('click', () => void this.#act(() => this.#press()))
    const input = partOf<HTMLInputElement>(section, 'file')
    partOf(section, 'pick').addEventListener('click', () => input.click())
    input.addEventListener('change', () => {
      const file = input.files?.[0]
      input.value = ''
      if (file) void this.#act(() => this.#open(file))
    })
    partOf(section, 'hear').addEventListener('click', () => {
      this.#silence()
      if (this.#noise) this.#silence = play(desk.context, this.#noise, this.#rate)
    })
  }

  /** Mono, at the frontend's rate; null as long as there is none. */
  get noise(): Float32Array | null {
    return this.#noise
  }

  /** Hears with another frontend from now on; what was recorded at another rate is forgotten. */
  use(frontend: FrontendDescription): void {
    const noise = this.#frontend?.sampleRate === frontend.sampleRate ? this.#noise : null
    this.#frontend = frontend
    this.#picture.frontend = frontend
    this.#noise = noise
    this.#onChange()
    if (noise) void this.#act(() => this.#show(noise))
  }

  /** Ends what is being recorded without its sound, and what is heard of it. */
  rest(): void {
    this.#silence()
    void this.#running?.then((running) => running && this.#end(running))
    this.#running = null
  }

  get #rate(): number {
    return this.#frontend!.sampleRate
  }

  /** Begins to record, or ends it and keeps what was recorded. */
  async #press(): Promise<void> {
    if (this.#isStarting) return
    const pending = this.#running
    this.#running = null
    const running = await pending
    if (running) {
      await this.#keep(await this.#end(running))
      return
    }
    clearProblem()
    this.#isStarting = true
    const starting = this.#start()
    this.#running = starting.catch(() => null)
    await starting.finally(() => {
      this.#isStarting = false
    })
  }

  /** @returns null where there is nothing to record */
  async #start(): Promise<Running | null> {
    const release = await this.#desk.borrow()
    if (!release) return null
    const take = await Take.start(this.#desk, LONGEST)
    const ear = await Ear.open(this.#desk, this.#frontend!).catch((error) => {
      void take.end(this.#rate)
      release()
      throw error
    })
    this.#release()
    this.#picture.setAttribute('seconds', LIVE_SECONDS)
    this.#picture.frames = ear.frames
    partOf(this.#section, 'record').classList.add('recording')
    const ticking = setInterval(() => {
      this.#tell(`Stop · ${Math.floor(take.seconds)} s`)
      void ear.node.metrics().then(
        ({ level }) => this.#running && this.#showLevel(level ?? SILENCE),
        () => {},
      )
      if (take.seconds >= LONGEST || !this.#desk.source) void this.#act(() => this.#press())
    }, TICK_MS)
    return { take, ear, release, ticking }
  }

  async #end({ take, ear, release, ticking }: Running): Promise<Float32Array> {
    clearInterval(ticking)
    this.#picture.frames = null
    ear.close()
    partOf(this.#section, 'record').classList.remove('recording')
    this.#tell(this.#noise ? 'Record it again' : 'Record the room')
    const sound = await take.end(this.#rate)
    release()
    return sound
  }

  async #open(file: File): Promise<void> {
    clearProblem()
    this.rest()
    await this.#keep(await decodeFile(file, this.#rate))
  }

  async #keep(sound: Float32Array): Promise<void> {
    const noise = sound.subarray(0, LONGEST * this.#rate)
    this.#noise = noise
    this.#tell('Record it again')
    partOf(this.#section, 'hear').hidden = false
    this.#onChange()
    const level = noise.length > 0 ? decibelsOf(noise) : SILENCE
    this.#showLevel(level)
    const seconds = Math.round(noise.length / this.#rate)
    partOf(this.#section, 'level').textContent = `${seconds} s of the room, at ${decibels(level)}`
    if (noise.length > 0) await this.#show(noise)
  }

  async #show(noise: Float32Array): Promise<void> {
    this.#release()
    this.#shown = await showWhole(this.#picture, this.#frontend!, noise)
  }

  #release(): void {
    this.#picture.frames = null
    this.#shown?.close()
    this.#shown = null
  }

  /** @param level dBFS */
  #showLevel(level: number): void {
    const meter = partOf<HTMLMeterElement>(this.#section, 'meter')
    meter.hidden = false
    meter.value = level
    partOf(this.#section, 'decibels').textContent = decibels(level)
  }

  #tell(text: string): void {
    partOf(this.#section, 'record').querySelector('.text')!.textContent = text
  }

  async #act(action: () => Promise<unknown>): Promise<void> {
    await action().catch(showProblem)
  }
}

const decibels = (level: number) => `${Math.round(level)} dBFS`
