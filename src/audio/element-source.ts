import { LeafError } from '../error.ts'
import { TypedEventTarget } from '../typed-events.ts'
import { nodesOfElements } from './element-context.ts'
import type { AudioSource, SourceEvents } from './source.ts'

/**
 * An `<audio>` or `<video>` element as a source. From then on, and for good, it sounds through the context, on to its
 * speakers: a context that is suspended or closed silences it. Playing and pausing stay the page's; stop() cuts this source
 * only. It comes to its end when the element does, and goes on when that plays again.
 */
export class ElementSource extends TypedEventTarget<SourceEvents> implements AudioSource {
  readonly output: AudioNode
  readonly #input: AudioNode
  readonly #stopped = new AbortController()

  /**
   * @throws LeafError `arguments` for an element without a source, of another origin without CORS, or that sounds in
   * another context; `audio-file` for one that cannot play its source
   */
  constructor(context: AudioContext, element: HTMLMediaElement) {
    super()
    requireAudible(element)
    this.#input = inputOf(context, element)
    this.output = context.createGain()
    this.#input.connect(this.output)
    const { signal } = this.#stopped
    element.addEventListener('ended', () => this.emit('ended', { error: null }), { signal })
    element.addEventListener('error', () => this.emit('ended', { error: unplayable(element) }), { signal })
  }

  stop(): void {
    if (this.#stopped.signal.aborted) return
    this.#stopped.abort()
    this.#input.disconnect(this.output)
    this.output.disconnect()
  }
}

function requireAudible(element: HTMLMediaElement): void {
  if (element.error) throw unplayable(element)
  const address = addressOf(element)
  if (!address && !element.srcObject)
    throw new LeafError(
      'arguments',
      'The media element has no source.',
      'Give it a src or a srcObject first.',
    )
  if (element.crossOrigin === null && !element.srcObject && isForeign(address))
    throw new LeafError(
      'arguments',
      `The sound of the media element is of another origin (${new URL(address, document.baseURI).origin}): browsers give silence in its place.`,
      'Set crossOrigin = "anonymous" on the element before its src, and let that server send Access-Control-Allow-Origin.',
    )
}

/** What it plays, or will; empty when there is nothing. */
function addressOf(element: HTMLMediaElement): string {
  return element.currentSrc || element.src || (element.querySelector('source')?.src ?? '')
}

function isForeign(address: string): boolean {
  const { protocol, origin } = new URL(address, document.baseURI)
  return /^https?:$/.test(protocol) && origin !== location.origin
}

function inputOf(context: AudioContext, element: HTMLMediaElement): AudioNode {
  const known = nodesOfElements.get(element)
  if (known?.context === context) return known
  if (known)
    throw new LeafError(
      'arguments',
      'The media element sounds in another AudioContext, for good.',
      known.context.state === 'closed'
        ? 'That one is closed: make a new element.'
        : 'Pass that context to listen() or createListener().',
    )
  const input = create(context, element)
  input.connect(context.destination)
  nodesOfElements.set(element, input)
  return input
}

function create(context: AudioContext, element: HTMLMediaElement): MediaElementAudioSourceNode {
  try {
    return context.createMediaElementSource(element)
  } catch (cause) {
    throw new LeafError(
      'arguments',
      'The media element has a MediaElementAudioSourceNode already.',
      'Pass that node as the source.',
      { cause },
    )
  }
}

function unplayable(element: HTMLMediaElement): LeafError {
  const reason = element.error?.message || `code ${element.error?.code}`
  return new LeafError(
    'audio-file',
    `The media element cannot play ${addressOf(element) || 'its source'} (${reason}).`,
    'Check the address and the format; a file of another site needs its permission (CORS).',
  )
}
