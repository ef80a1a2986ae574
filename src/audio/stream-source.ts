import { LeafError } from '../error.ts'
import { TypedEventTarget } from '../typed-events.ts'
import { closedContext } from './context.ts'
import type { AudioSource, SourceEvents } from './source.ts'

/**
 * A MediaStream as a source: a call, the sound of a tab, a microphone of the page's own. stop() cuts this source only; the
 * tracks are the page's and go on. It comes to its end when the last of the stream's audio tracks does.
 */
export class StreamSource extends TypedEventTarget<SourceEvents> implements AudioSource {
  readonly output: AudioNode
  readonly #input: AudioNode
  readonly #stopped = new AbortController()

  /** @throws LeafError `arguments` for a stream without an audio track that is live, or that the context cannot take */
  constructor(context: AudioContext, stream: MediaStream) {
    super()
    const tracks = stream.getAudioTracks()
    if (tracks.length === 0)
      throw new LeafError(
        'arguments',
        'The MediaStream has no audio track.',
        'Ask for one: { audio: true } in getUserMedia() or getDisplayMedia(), where the user may have to allow it too.',
      )
    if (!tracks.some(isLive))
      throw new LeafError(
        'arguments',
        'The audio of the MediaStream has ended.',
        'Pass a stream that is still live.',
      )
    this.#input = createInput(context, stream)
    this.output = context.createGain()
    this.#input.connect(this.output)
    const { signal } = this.#stopped
    for (const track of tracks)
      track.addEventListener('ended', () => !tracks.some(isLive) && this.emit('ended', { error: null }), {
        signal,
      })
  }

  stop(): void {
    if (this.#stopped.signal.aborted) return
    this.#stopped.abort()
    this.#input.disconnect()
    this.output.disconnect()
  }
}

const isLive = ({ readyState }: MediaStreamTrack): boolean => readyState === 'live'

function createInput(context: AudioContext, stream: MediaStream): AudioNode {
  try {
    return context.createMediaStreamSource(stream)
  } catch (cause) {
    if (context.state === 'closed') throw closedContext()
    // Firefox resamples no stream.
    throw new LeafError(
      'arguments',
      `An AudioContext at ${context.sampleRate} Hz cannot take this MediaStream in this browser.`,
      'Create the AudioContext without a sampleRate: every rate is brought to the rate of the frontend.',
      { cause },
    )
  }
}
