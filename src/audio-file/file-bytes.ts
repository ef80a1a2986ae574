import type { FileHandle } from 'node:fs/promises'
import { inputName, openInput, systemError } from '../files/index.ts'
import { emptyFile } from './errors.ts'

/** A file open for reading at any place. */
export class FileBytes {
  /** Bytes that reading has come to so far. */
  read = 0

  private constructor(
    readonly path: string,
    readonly total: number,
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
      if (size === 0) throw emptyFile(name)
      return new FileBytes(name, size, handle)
    } catch (error) {
      await handle?.close()
      throw systemError(error, 'audio-file', name)
    }
  }

  /** Bytes [position, position + length), fewer at the end of the file. @throws LeafError('audio-file') */
  async at(position: number, length: number): Promise<Uint8Array> {
    try {
      return await readAt(this.handle, position, length)
    } catch (error) {
      throw systemError(error, 'audio-file', this.path)
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
