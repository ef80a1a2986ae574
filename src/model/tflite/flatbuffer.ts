/**
 * A table of a FlatBuffer (flatbuffers.dev, "FlatBuffer Internals"): where a field lies stands in the table's vtable.
 * A field that is not there has its default. Whatever a damaged file points to, reading stays within the file: beyond
 * its end a `RangeError` is thrown.
 */
export class Table {
  readonly #view: DataView
  readonly #at: number
  readonly #vtable: number
  readonly #vtableBytes: number

  private constructor(view: DataView, at: number) {
    this.#view = view
    this.#at = at
    this.#vtable = at - view.getInt32(at, true)
    this.#vtableBytes = view.getUint16(this.#vtable, true)
  }

  /** The table that a file begins with. */
  static root(bytes: Uint8Array): Table {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return new Table(view, view.getUint32(0, true))
  }

  /** A byte. */
  int8(field: number, otherwise = 0): number {
    const at = this.#place(field)
    return at === 0 ? otherwise : this.#view.getInt8(at)
  }

  int32(field: number, otherwise = 0): number {
    const at = this.#place(field)
    return at === 0 ? otherwise : this.#view.getInt32(at, true)
  }

  table(field: number): Table | null {
    const at = this.#place(field)
    return at === 0 ? null : new Table(this.#view, this.#follow(at))
  }

  tables(field: number): Table[] {
    return this.#vector(field, 4, (at) => new Table(this.#view, this.#follow(at)))
  }

  ints(field: number): number[] {
    return this.#vector(field, 4, (at) => this.#view.getInt32(at, true))
  }

  longs(field: number): number[] {
    return this.#vector(field, 8, (at) => Number(this.#view.getBigInt64(at, true)))
  }

  floats(field: number): number[] {
    return this.#vector(field, 4, (at) => this.#view.getFloat32(at, true))
  }

  /** A view into the file. */
  bytes(field: number): Uint8Array {
    const at = this.#place(field)
    if (at === 0) return new Uint8Array()
    const start = this.#follow(at)
    const length = this.#view.getUint32(start, true)
    this.#checkEnd(start + 4 + length)
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + start + 4, length)
  }

  text(field: number): string {
    return new TextDecoder().decode(this.bytes(field))
  }

  #vector<Item>(field: number, size: number, read: (at: number) => Item): Item[] {
    const place = this.#place(field)
    if (place === 0) return []
    const start = this.#follow(place)
    const length = this.#view.getUint32(start, true)
    this.#checkEnd(start + 4 + length * size)
    return Array.from({ length }, (_, i) => read(start + 4 + i * size))
  }

  /** Where the field lies, 0 where it is not there. */
  #place(field: number): number {
    const entry = 4 + 2 * field
    if (entry + 2 > this.#vtableBytes) return 0
    const offset = this.#view.getUint16(this.#vtable + entry, true)
    return offset === 0 ? 0 : this.#at + offset
  }

  #follow(at: number): number {
    return at + this.#view.getUint32(at, true)
  }

  #checkEnd(end: number): void {
    if (end > this.#view.byteLength) throw new RangeError('A vector ends beyond the file')
  }
}
