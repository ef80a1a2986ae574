import { FileSource, openFile } from '../../src/audio/file-source.ts'
import { type Microphone, type MicrophoneOptions, openMicrophone } from '../../src/audio/microphone.ts'
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
  /** A screen cannot hear what sounds. */
  unheard: undefined
  /** Nothing sounds any more: it was stopped, came to its end, or could not be had. */
  still: undefined
}

/** A screen still wants to hear the end of what sounded: silence, for as long as its longest event takes to end. */
const REST_MS = 5000

/** The one context of the page and the one source that all screens hear. */
export class Desk extends TypedEventTarget<DeskEvents> {
  #context: AudioContext | null = null
  #output: GainNode | null = null
  #source: Microphone | FileSource | null = null
  /** A source is being opened. */
  #opening = false
  /** Counts starts and stops, so that a source that opens too late is let go. */
  #turn = 0
  #resting: ReturnType<typeof setTimeout> | undefined

  /** Made when first asked for: from a click or a key press, browsers start sound only then. */
  get context(): AudioContext {
    this.#context ??= new AudioContext()
    return this.#context
  }

  /** Stays the same node whatever sounds: connect it to what should hear. */
  get output(): AudioNode {
    this.#output ??= this.context.createGain()
    return this.#output
  }

  /** What sounds now. */
  get source(): Microphone | FileSource | null {
    return this.#source
  }

  /**
   * Puts another source in the place of the present one; a file is heard from the speakers too.
   * @returns the source; null when a later start or stop overtook it
   * @throws LeafError of the source
   */
  async start(sound: Sound): Promise<Microphone | FileSource | null> {
    this.stop()
    const turn = ++this.#turn
    clearTimeout(this.#resting)
    const { context } = this
    this.#opening = true
    this.emit('waking', undefined)
    const source = await openSource(context, sound).catch((error) => {
      if (turn === this.#turn) this.#rest()
      throw error
    })
    if (turn !== this.#turn) {
      source.stop()
      return null
    }
    this.#opening = false
    this.#source = source
    source.output.connect(this.output)
    if (source instanceof FileSource) {
      source.output.connect(context.destination)
      source.addEventListener('ended', () => this.#end(source))
      source.play()
    } else source.addEventListener('ended', () => this.#end(source))
    this.emit('live', source)
    return source
  }

  /** Asks for the microphone where nothing sounds. @returns whether something sounds */
  async sounding(): Promise<boolean> {
    if (this.#source) return true
    return new Promise((resolve) => {
      this.addEventListener('live', () => resolve(true), { once: true })
      this.addEventListener('still', () => resolve(false), { once: true })
      this.emit('wanted', undefined)
    })
  }

  /** Tells that a screen cannot hear: then nothing has to sound. */
  giveUp(): void {
    this.emit('unheard', undefined)
  }

  /** Ends the source: a microphone is switched off at once. The context rests a little later. */
  stop(): void {
    this.#turn++
    if (this.#source) this.#end(this.#source)
    else if (this.#opening) this.#rest()
  }

  #end(source: Microphone | FileSource): void {
    if (this.#source !== source) return
    this.#source = null
    source.stop()
    this.#rest()
  }

  #rest(): void {
    this.#opening = false
    this.#resting = setTimeout(() => void this.#context?.suspend(), REST_MS)
    this.emit('still', undefined)
  }
}

function openSource(context: AudioContext, sound: Sound): Promise<Microphone | FileSource> {
  const isFile = sound instanceof Blob || sound instanceof URL
  return isFile ? openFile(context, sound) : openMicrophone(context, sound)
}
