import { damagedFile } from './errors.ts'
import type { SoundBlock } from './sound-block.ts'

interface Decoded {
  channelData: Float32Array[]
  sampleRate: number
  errors: { message: string }[]
}

/** What the WebAssembly decoders have in common. */
interface Library {
  readonly ready: Promise<void>
  free(): void
}

/** Complaints in one call after which a decoder will not come to an end. */
const COMPLAINT_LIMIT = 10_000

/**
 * A decoder of a library that keeps its insides to itself: nothing it prints is shown, and whatever it throws is a
 * LeafError('audio-file') of the file. After such an error it is used no more.
 */
export class WasmDecoder<Decoder extends Library> {
  private constructor(
    private readonly path: string,
    private readonly library: Decoder,
  ) {}

  /** @throws LeafError('audio-file') */
  static async start<Decoder extends Library>(path: string, library: Decoder): Promise<WasmDecoder<Decoder>> {
    const decoder = new WasmDecoder(path, library)
    await decoder.#guarded(() => library.ready)
    return decoder
  }

  /** @param work has to do all its computing before it returns, its promise only hands it out */
  async run(work: (library: Decoder) => Decoded | Promise<Decoded>): Promise<SoundBlock> {
    const { channelData, sampleRate, errors } = await this.#guarded(() => silently(() => work(this.library)))
    return {
      sampleRate,
      channelCount: channelData.length,
      channels: channelData,
      damage: errors[0]?.message,
    }
  }

  end(): void {
    try {
      this.library.free()
    } catch {
      // Its memory is in disorder after an error, and goes with the instance.
    }
  }

  async #guarded<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (cause) {
      throw damagedFile(this.path, 'its decoder gave up', cause)
    }
  }
}

/** The libraries print every damaged frame, and have no option against it. Synchronous, so that nobody else is silenced. */
function silently<T>(work: () => T): T {
  const { error, warn } = console
  let complaints = 0
  const swallow = () => {
    if (++complaints > COMPLAINT_LIMIT) throw new Error('The decoder does not come to an end.')
  }
  console.error = swallow
  console.warn = swallow
  try {
    return work()
  } finally {
    console.error = error
    console.warn = warn
  }
}
