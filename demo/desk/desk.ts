import { FileSource, InputSelector, Microphone, type MicrophoneOptions } from '../../src/audio/index.ts'
import { TypedEventTarget } from '../../src/typed-events.ts'

/** What can be listened to. */
export type Sound = MicrophoneOptions | Blob | URL

export interface DeskEvents {
  /** A source is being opened: a good moment to get ready. */
  waking: undefined
  /** A source sounds at the output. */
  live: Microphone | FileSource
  /** A screen needs sound where there is none. */
  wanted: undefined
  /** A screen has a sound to be played, and what it is called in a sentence. */
  offered: { readonly sound: Blob; readonly title: string }
  /** A screen cannot hear what sounds, or needs it no longer. */
  unheard: undefined
  /** Nothing sounds any more: it was stopped, came to its end, or could not be had. */
  still: undefined
}

/** A screen still wants to hear the end of what sounded: silence, for as long as its longest event takes to end. */
const REST_MS = 5000

/** The one context of the page, what it hears, and the output that all screens hear. */
interface Wiring {
  readonly context: AudioContext
  readonly output: GainNode
  readonly input: InputSelector
}

/** The one context of the page and the one source that all screens hear. */
export class Desk extends TypedEventTarget<DeskEvents> {
  #wiring: Wiring | null = null
  #resting: ReturnType<typeof setTimeout> | undefined

  /** Made when first asked for: from a click or a key press, browsers start sound only then. */
  get context(): AudioContext {
    return this.#wired.context
  }

  /** Stays the same node whatever sounds: connect it to what should hear. */
  get output(): AudioNode {
    return this.#wired.output
  }

  /** What sounds now. */
  get source(): Microphone | FileSource | null {
    return known(this.#wiring?.input.source)
  }

  /**
   * Puts another source in the place of the present one; a file is heard from the speakers too.
   * @returns the source; null when a later start or stop overtook it
   * @throws LeafError of the source
   */
  async start(sound: Sound): Promise<Microphone | FileSource | null> {
    this.stop()
    clearTimeout(this.#resting)
    const { input } = this.#wired
    const opening = input.start(sound)
    this.emit('waking', undefined)
    try {
      const source = known(await opening)
      if (!source || source !== input.source) return null
      this.emit('live', source)
      return source
    } catch (error) {
      this.#rest()
      throw error
    }
  }

  /** Asks for the microphone where nothing sounds. @returns whether something sounds */
  async #sounding(): Promise<boolean> {
    return new Promise((resolve) => {
      this.addEventListener('live', () => resolve(true), { once: true })
      this.addEventListener('still', () => resolve(false), { once: true })
      this.emit('wanted', undefined)
    })
  }

  /**
   * Has something sound, the microphone where nothing does.
   *
   * @returns to be called when it is no longer needed: switches the microphone off if it was switched on for this; null
   * where nothing sounds
   */
  async borrow(): Promise<(() => void) | null> {
    if (this.source) return () => {}
    if (!(await this.#sounding())) return null
    const borrowed = this.source
    return () => {
      if (borrowed && this.source === borrowed) this.giveUp()
    }
  }

  /** Has a sound played as if it had been opened as a file. @param title in a sentence */
  play(sound: Blob, title: string): void {
    this.emit('offered', { sound, title })
  }

  /** Tells that a screen cannot hear, or needs to no longer: then nothing has to sound. */
  giveUp(): void {
    this.emit('unheard', undefined)
  }

  /** Ends the source: a microphone is switched off at once. The context rests a little later. */
  stop(): void {
    const input = this.#wiring?.input
    if (!input?.source && !input?.opening) return
    input.stop()
    this.#rest()
  }

  get #wired(): Wiring {
    if (this.#wiring) return this.#wiring
    const context = new AudioContext()
    const output = context.createGain()
    const input = new InputSelector(context, output)
    // A microphone that was lost is not waited for.
    input.addEventListener('ended', () => {
      input.stop()
      this.#rest()
    })
    this.#wiring = { context, output, input }
    return this.#wiring
  }

  #rest(): void {
    clearTimeout(this.#resting)
    this.#resting = setTimeout(() => void this.#wiring?.context.suspend(), REST_MS)
    this.emit('still', undefined)
  }
}

/** The kinds of source that a desk starts. */
function known(source: unknown): Microphone | FileSource | null {
  return source instanceof Microphone || source instanceof FileSource ? source : null
}
