/** A field of a table: one number, or what lies elsewhere in the file. */
export type Field =
  | { readonly int8: number }
  | { readonly int32: number }
  | { readonly table: Fields }
  | { readonly tables: readonly Fields[] }
  | { readonly ints: readonly number[] }
  | { readonly longs: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly bytes: Uint8Array }
  | { readonly text: string }

/** Fields by their number in the schema. */
export type Fields = Readonly<Record<number, Field>>

/** A FlatBuffer with a four-letter mark: every vtable before its table, everything that is pointed to behind. */
export function flatbuffer(root: Fields, mark: string): Uint8Array {
  const file: number[] = [0, 0, 0, 0, ...Buffer.from(mark)]
  const put = (value: number, bytes: number) => {
    for (let i = 0; i < bytes; i++) file.push((value >> (8 * i)) & 255)
  }
  const point = (from: number, to: number) => {
    for (let i = 0; i < 4; i++) file[from + i] = ((to - from) >> (8 * i)) & 255
  }
  const vector = (count: number, data: Iterable<number>) => {
    const at = file.length
    put(count, 4)
    for (const byte of data) file.push(byte)
    return at
  }
  const raw = (array: ArrayBufferView<ArrayBuffer>) => new Uint8Array(array.buffer)
  const far = (field: Field): number => {
    if ('table' in field) return table(field.table)
    if ('ints' in field) return vector(field.ints.length, raw(Int32Array.from(field.ints)))
    if ('floats' in field) return vector(field.floats.length, raw(Float32Array.from(field.floats)))
    if ('longs' in field) return vector(field.longs.length, raw(BigInt64Array.from(field.longs, BigInt)))
    if ('bytes' in field) return vector(field.bytes.length, field.bytes)
    if ('text' in field) return vector(field.text.length, Buffer.from(field.text))
    if (!('tables' in field)) throw new Error('A number lies in its table.')
    const at = vector(field.tables.length, new Uint8Array(field.tables.length * 4))
    field.tables.forEach((entry, i) => {
      point(at + 4 + i * 4, table(entry))
    })
    return at
  }
  const table = (fields: Fields): number => {
    const count = Math.max(-1, ...Object.keys(fields).map(Number)) + 1
    const vtable = file.length
    put(4 + 2 * count, 2)
    put(4 + 4 * count, 2)
    for (let field = 0; field < count; field++) put(fields[field] ? 4 + 4 * field : 0, 2)
    const at = file.length
    put(at - vtable, 4)
    for (let field = 0; field < count; field++) {
      const value = fields[field]
      put(value && 'int8' in value ? value.int8 : value && 'int32' in value ? value.int32 : 0, 4)
    }
    for (const [field, value] of Object.entries(fields))
      if (!('int8' in value || 'int32' in value)) point(at + 4 + 4 * Number(field), far(value))
    return at
  }
  point(0, table(root))
  return Uint8Array.from(file)
}
