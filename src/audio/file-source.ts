import { LeafError } from '../error.ts'
import { tagOf } from '../tag-of.ts'
import { TypedEventTarget } from '../typed-events.ts'
import { isWebPage } from '../web-page.ts'
import { resumeSuspended } from './keep-running.ts'
import type { AudioSource, LiveContext } from './source.ts'

/** Events of a file source. */
export interface FileSourceEvents {
  playing: undefined
  paused: undefined
  /** The clip came to its end by itself. */
  ended: undefined
}

export type FileState = 'paused' | 'playing' | 'ended' | 'stopped'

/** As the package's openFile(), which loads it when it is needed. */
export async function openFile(context: LiveContext, file: Blob | URL | string): Promise<FileSource> {
  const native = context as AudioContext
  const { buffer, name } = await decodeFile(native, file)
  return new FileSource(native, buffer, name)
}

/** The same without a source to play it. @throws LeafError `audio-file`, naming the file */
export async function decodeFile(
  context: BaseAudioContext,
  file: Blob | URL | string,
): Promise<{ buffer: AudioBuffer; name: string }> {
  const name = nameOf(file)
  const bytes = isBlob(file) ? await readBlob(file, name) : await download(file, name)
  if (bytes.byteLength === 0)
    throw new LeafError('audio-file', `${name} is empty.`, 'Choose a file with sound in it.')
  return { buffer: await decode(context, bytes, name), name }
}

/** A decoded clip that can be played through `output`. Main thread. It opens paused, at its start. */
export class FileSource extends TypedEventTarget<FileSourceEvents> implements AudioSource {
  readonly output: AudioNode
  readonly name: string
  /** The decoded samples, at the context's sample rate. */
  readonly buffer: AudioBuffer
  readonly #context: AudioContext
  #player: AudioBufferSourceNode | null = null
  #state: FileState = 'paused'
  /** Seconds into the clip where the present stretch begins, and the context's time then. */
  #from = 0
  #startedAt = 0

  /** @internal openFile() makes file sources. */
  constructor(context: AudioContext, buffer: AudioBuffer, name: string) {
    super()
    this.#context = context
    this.buffer = buffer
    this.name = name
    this.output = context.createGain()
  }

  /** Seconds. */
  get duration(): number {
    return this.buffer.duration
  }

  get state(): FileState {
    return this.#state
  }

  /** Seconds into the clip, on the context's clock: it stands still while the context does. */
  get position(): number {
    if (this.#state !== 'playing') return this.#from
    return Math.min(this.duration, this.#from + (this.#context.currentTime - this.#startedAt))
  }

  /**
   * Plays on from the position, or from the start once the clip has ended, and resumes a suspended context.
   * After stop() it does nothing.
   */
  play(): void {
    if (this.#state === 'playing' || this.#state === 'stopped') return
    if (this.#state === 'ended') this.#from = 0
    resumeSuspended(this.#context)
    const player = this.#context.createBufferSource()
    player.buffer = this.buffer
    player.connect(this.output)
    player.onended = () => this.#finish(player)
    this.#startedAt = this.#context.currentTime
    player.start(this.#startedAt, this.#from)
    this.#player = player
    this.#state = 'playing'
    this.emit('playing', undefined)
  }

  /** Holds the clip at its position. */
  pause(): void {
    if (this.#state !== 'playing') return
    this.#silence('paused', this.position)
    this.emit('paused', undefined)
  }

  /** Ends the source for good and disconnects the output. */
  stop(): void {
    if (this.#state === 'stopped') return
    this.#silence('stopped', this.position)
    this.output.disconnect()
  }

  #silence(state: FileState, position: number): void {
    this.#from = position
    this.#state = state
    this.#player?.stop()
    this.#player?.disconnect()
    this.#player = null
  }

  /** A player that was paused ends too, later: only the present one's end is the clip's. */
  #finish(player: AudioBufferSourceNode): void {
    if (player !== this.#player) return
    this.#silence('ended', this.duration)
    this.emit('ended', undefined)
  }
}

/** By its tag, not by its class: that of a frame of the page is another. */
function isBlob(file: Blob | URL | string): file is Blob {
  return ['Blob', 'File'].includes(tagOf(file))
}

function nameOf(file: Blob | URL | string): string {
  if (isBlob(file)) return (file as Partial<File>).name ?? 'The audio data'
  const address = String(file)
  // A data: address is the sound itself.
  return address.startsWith('data:') ? 'The audio data' : address
}

async function readBlob(file: Blob, name: string): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer()
  } catch (cause) {
    throw new LeafError(
      'audio-file',
      `${name} could not be read.`,
      'It may have been moved or changed since it was chosen: choose it again.',
      { cause },
    )
  }
}

async function download(address: URL | string, name: string): Promise<ArrayBuffer> {
  let response: Response
  try {
    response = await fetch(address)
  } catch (cause) {
    throw new LeafError(
      'audio-file',
      `${name} could not be fetched.`,
      'Check the address and the connection; a file of another site needs its permission (CORS).',
      { cause },
    )
  }
  if (!response.ok)
    throw new LeafError(
      'audio-file',
      `${name} could not be fetched: the server answered ${response.status}.`,
      'Check the address.',
    )
  return await response.arrayBuffer()
}

async function decode(context: BaseAudioContext, bytes: ArrayBuffer, name: string): Promise<AudioBuffer> {
  // Decoding takes the bytes away.
  const start = new TextDecoder().decode(bytes.slice(0, 64)).trim()
  try {
    return await context.decodeAudioData(bytes)
  } catch (cause) {
    const page = isWebPage(start) ? 'a web page' : /^[{[]/.test(start) ? 'JSON' : null
    if (page)
      throw new LeafError(
        'audio-file',
        `${name} is ${page}, not audio.`,
        'Check the address: it has to be that of the sound itself.',
        { cause },
      )
    throw new LeafError(
      'audio-file',
      `${name} is not audio that this browser can decode.`,
      'Choose a WAV, MP3 or FLAC file; those play everywhere.',
      { cause },
    )
  }
}
