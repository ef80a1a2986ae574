import type { FileHandle } from 'node:fs/promises'
import { inputName, openInput, systemError } from '../files/index.ts'
import { emptyFile } from './errors.ts'

const HEAD_BYTES = 4096
// A compressed chunk can expand to minutes of silence, so chunks are small.
const CHUNK_BYTES = 16384

/** A file read front to back in small chunks, with a look at its ends. */
export class FileBytes {
  /** Bytes handed out by `chunks` so far. */
  read = 0

  private constructor(
    readonly path: string,
    readonly total: number,
    /** The first bytes, at most 4096. */
    readonly head: Uint8Array,
    private readonly handle: FileHandle,
  ) {}

  /**
   * @param path of a file or a pipe; `-` is standard input
   * @throws LeafError('audio-file') for a path that cannot be read, or an empty file
   */
  static async open(path: string): Promise<FileBytes> {
    const name = inputName(path)
    let handle: FileHandle | undefined
    try {
      handle = await openInput(path)
      const { size } = await handle.stat()
      const head = await readAt(handle, 0, HEAD_BYTES)
      if (size === 0) throw emptyFile(name)
      return new FileBytes(name, size, head, handle)
    } catch (error) {
      await handle?.close()
      throw systemError(error, 'audio-file', name)
    }
  }

  /** Bytes [position, position + length), fewer at the end of the file. */
  at(position: number, length: number): Promise<Uint8Array> {
    return readAt(this.handle, position, length)
  }

  /** Bytes [start, end) in order; a chunk is the caller's to keep. */
  async *chunks(start = 0, end = this.total): AsyncGenerator<Uint8Array> {
    this.read = start
    while (this.read < end) {
      const chunk = await this.at(this.read, Math.min(CHUNK_BYTES, end - this.read))
      if (chunk.length === 0) return
      this.read += chunk.length
      yield chunk
    }
  }

  close(): Promise<void> {
    return this.handle.close()
  }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const { bytesRead, buffer } = await handle.read(new Uint8Array(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}
