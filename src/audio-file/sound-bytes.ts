import type { FileBytes } from './file-bytes.ts'

/** Read at once: a decoder asks for a few bytes here and there. */
const WINDOW_BYTES = 65536

/** The bytes of a file that are its sound, without the tags before and behind, read through a window that moves on. */
export class SoundBytes {
  #window: Uint8Array = new Uint8Array(0)
  #windowStart = 0

  constructor(
    private readonly file: FileBytes,
    /** Of the first byte, in the file. */
    readonly start: number,
    /** Past the last byte, in the file. */
    readonly end: number,
  ) {}

  /** Of the file, for sentences. */
  get path(): string {
    return this.file.path
  }

  /** Bytes [position, position + length) of the file, fewer at the end of the sound; valid until the next call. */
  async at(position: number, length: number): Promise<Uint8Array> {
    const wanted = Math.max(0, Math.min(length, this.end - position))
    if (wanted === 0) return new Uint8Array(0)
    const first = position - this.#windowStart
    if (first >= 0 && first + wanted <= this.#window.length)
      return this.#window.subarray(first, first + wanted)
    this.#window = await this.file.at(position, Math.min(Math.max(wanted, WINDOW_BYTES), this.end - position))
    this.#windowStart = position
    this.file.read = Math.max(this.file.read, position)
    return this.#window.subarray(0, wanted)
  }

  /** What was read so far was looked at only. */
  restart(): void {
    this.file.read = 0
  }

  /** Nothing is left to be read. */
  finish(): void {
    this.file.read = this.file.total
  }
}
