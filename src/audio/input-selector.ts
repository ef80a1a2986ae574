import { LeafError } from '../error.ts'
import { TypedEventTarget } from '../typed-events.ts'
import { lifeOf, requireOpen } from './context.ts'
import { ElementSource } from './element-source.ts'
import { FileSource } from './file-source.ts'
import { resumeSuspended } from './keep-running.ts'
import { knowSource, type SourceChoice } from './known-source.ts'
import { Microphone } from './microphone.ts'
import { openSource } from './open-source.ts'
import type { AudioSource } from './source.ts'
import { StreamSource } from './stream-source.ts'

/** Events of a selector. */
export interface InputSelectorEvents {
  /**
   * The source came to its end. A clip or a stream is let go of then; a microphone may find its device again, an element
   * may play again.
   */
  ended: { readonly source: AudioSource; readonly error: LeafError | null }
}

/** One source at a time, opened, played and connected to a node. Main thread. */
export class InputSelector extends TypedEventTarget<InputSelectorEvents> {
  readonly #context: AudioContext
  readonly #destination: AudioNode
  #source: AudioSource | null = null
  /** Counts starts and stops, so that a source that opens too late is let go. */
  #turn = 0
  /** The turn of the source that is being opened. */
  #opening = -1
  /** Some element sounds through the context, and would be silent without it. */
  #carries = false

  /** @param destination what is to hear the sources, of the same context */
  constructor(context: AudioContext, destination: AudioNode) {
    super()
    this.#context = context
    this.#destination = destination
  }

  /** What sounds now. */
  get source(): AudioSource | null {
    return this.#source
  }

  /** Whether a source is being opened. */
  get opening(): boolean {
    return this.#opening === this.#turn
  }

  /** Whether the context has to run on when nothing is to be heard: an element sounds through it. */
  get carries(): boolean {
    return this.#carries
  }

  /**
   * Puts another source in the place of the present one, which goes on until the new one is there; but a microphone is let
   * go before another one is asked for, since a system may have one only. A clip is heard from the speakers too.
   * @returns the source; null when a later start or stop overtook it
   * @throws LeafError of the source, `arguments` for what is none or of another context; the present source goes on then
   */
  async start(choice: SourceChoice): Promise<AudioSource | null> {
    const known = knowSource(choice)
    requireOpen(this.#context)
    const turn = ++this.#turn
    this.#opening = turn
    if (known.kind === 'microphone' && this.#source instanceof Microphone) this.#release()
    const opened = openSource(this.#context, known)
    try {
      const source = await lifeOf(this.#context).answer(() => opened)
      if (turn === this.#turn) this.#take(source)
      else source.stop()
      return turn === this.#turn ? source : null
    } catch (error) {
      // What opens after its context was closed.
      opened.then((late) => late.stop()).catch(() => {})
      if (turn !== this.#turn) return null
      throw error
    } finally {
      if (turn === this.#turn) this.#opening = -1
    }
  }

  /** Ends the source: a microphone is switched off at once. One that is being opened is let go. */
  stop(): void {
    this.#turn++
    this.#release()
  }

  #take(source: AudioSource): void {
    try {
      source.output.connect(this.#destination)
    } catch (cause) {
      throw new LeafError(
        'arguments',
        'The source belongs to another AudioContext.',
        'Pass its context to listen() or createListener(), as `context`.',
        { cause },
      )
    }
    this.#release()
    this.#source = source
    const ended = ({ detail }: CustomEvent<{ error: LeafError | null }>) => this.#end(source, detail.error)
    if (source instanceof FileSource) this.#play(source)
    else if (source instanceof Microphone) source.addEventListener('ended', ended)
    else if (source instanceof StreamSource || source instanceof ElementSource)
      source.addEventListener('ended', ended)
    if (source instanceof ElementSource) this.#carries = true
    resumeSuspended(this.#context)
  }

  #play(source: FileSource): void {
    source.output.connect(this.#context.destination)
    source.addEventListener('ended', () => this.#end(source, null))
    source.play()
  }

  #end(source: AudioSource, error: LeafError | null): void {
    if (this.#source !== source) return
    // Without a turn of its own: another source may be on its way.
    if (source instanceof FileSource || source instanceof StreamSource) this.#release()
    this.emit('ended', { source, error })
  }

  #release(): void {
    this.#source?.stop()
    this.#source = null
  }
}
