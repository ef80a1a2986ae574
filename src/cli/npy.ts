import { type FileHandle, open, rm } from 'node:fs/promises'
import { LeafError } from '../error.ts'
import { NPY_HEADER_BYTES, npyHeader } from '../model/index.ts'

const BUFFER_VALUES = 65536

/** A NumPy file of float32 rows, written as they come; the number of rows is filled in at the end. */
export class NpyWriter {
  /** Rows added so far. */
  rows = 0
  #position = NPY_HEADER_BYTES
  #pending = new Float32Array(BUFFER_VALUES)
  #count = 0

  private constructor(
    private readonly path: string,
    private readonly columns: number,
    private readonly file: FileHandle,
  ) {}

  /**
   * Creates or empties the file.
   *
   * @throws LeafError('arguments') where it cannot be written
   */
  static async create(path: string, columns: number): Promise<NpyWriter> {
    try {
      return new NpyWriter(path, columns, await open(path, 'w'))
    } catch (cause) {
      throw new LeafError('arguments', `${path} cannot be written.`, 'Check that its folder exists.', {
        cause,
      })
    }
  }

  /** Takes a row of `columns` values; copied. Call `drain` now and then to keep memory small. */
  add(row: ArrayLike<number>): void {
    if (this.#count + this.columns > this.#pending.length) this.#grow()
    this.#pending.set(row, this.#count)
    this.#count += this.columns
    this.rows++
  }

  /** Writes what is waiting, if that is enough to be worth it. */
  async drain(): Promise<void> {
    if (this.#count >= BUFFER_VALUES / 2) await this.#write()
  }

  /** Writes the rest and the header, and closes the file. */
  async finish(): Promise<void> {
    await this.#write()
    await this.file.write(npyHeader([this.rows, this.columns]), 0, NPY_HEADER_BYTES, 0)
    await this.file.close()
  }

  /** Closes and removes the unfinished file. */
  async abandon(): Promise<void> {
    await this.file.close()
    await rm(this.path, { force: true })
  }

  async #write(): Promise<void> {
    const bytes = this.#count * Float32Array.BYTES_PER_ELEMENT
    await this.file.write(new Uint8Array(this.#pending.buffer, 0, bytes), 0, bytes, this.#position)
    this.#position += bytes
    this.#count = 0
  }

  #grow(): void {
    const larger = new Float32Array(2 * this.#pending.length)
    larger.set(this.#pending)
    this.#pending = larger
  }
}
