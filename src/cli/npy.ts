import type { OutputFile } from '../files/index.ts'
import { NPY_HEADER_BYTES, npyHeader } from '../model/index.ts'

const BUFFER_VALUES = 65536

/** Rows of float32 as a NumPy file, written as they come; the number of rows is filled in at the end. */
export class NpyWriter {
  /** Rows added so far. */
  rows = 0
  readonly #output: OutputFile
  readonly #columns: number
  #position = NPY_HEADER_BYTES
  #pending = new Float32Array(BUFFER_VALUES)
  #count = 0

  /** @param output stays the caller's to finish or to abandon */
  constructor(output: OutputFile, columns: number) {
    this.#output = output
    this.#columns = columns
  }

  /** Takes a row of `columns` values; copied. Call `drain` now and then to keep memory small. */
  add(row: ArrayLike<number>): void {
    if (this.#count + this.#columns > this.#pending.length) this.#grow()
    this.#pending.set(row, this.#count)
    this.#count += this.#columns
    this.rows++
  }

  /** Writes what is waiting, if that is enough to be worth it. @throws LeafError('arguments') as `OutputFile` */
  drain(): void {
    if (this.#count >= BUFFER_VALUES / 2) this.#write()
  }

  /** Writes the rest and the header. @throws LeafError('arguments') as `OutputFile` */
  finish(): void {
    this.#write()
    this.#output.write(npyHeader([this.rows, this.#columns]), 0)
  }

  #write(): void {
    const bytes = new Uint8Array(this.#pending.buffer, 0, this.#count * Float32Array.BYTES_PER_ELEMENT)
    this.#output.write(bytes, this.#position)
    this.#position += bytes.length
    this.#count = 0
  }

  #grow(): void {
    const larger = new Float32Array(2 * this.#pending.length)
    larger.set(this.#pending)
    this.#pending = larger
  }
}
