import type { LeafError } from '../../error.ts'
import type { StoredTensor, TensorType } from '../safetensors.ts'
import { checkpointError } from './checkpoint-error.ts'

/** Length of the headers written here: data begin on a multiple of 64 bytes, and six axes of any size have room. */
export const NPY_HEADER_BYTES = 128
const MAGIC = [0x93, ...new TextEncoder().encode('NUMPY')]

/** Element types by what NumPy calls them after the order of bytes. */
const TYPES: Readonly<Record<string, TensorType>> = {
  b1: 'BOOL', u1: 'U8', i1: 'I8', u2: 'U16', i2: 'I16', u4: 'U32', i4: 'I32', u8: 'U64', i8: 'I64', f2: 'F16', f4: 'F32', f8: 'F64',
} // biome-ignore format: one table, read at a glance

/** The header of a NumPy array of float32, version 1.0 of the format: a magic prefix, a length, a padded dictionary. */
export function npyHeader(shape: readonly number[]): Uint8Array {
  const header = new Uint8Array(NPY_HEADER_BYTES).fill(0x20)
  header.set([...MAGIC, 1, 0])
  new DataView(header.buffer).setUint16(8, NPY_HEADER_BYTES - 10, true)
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${sizes}), }`
  header.set(new TextEncoder().encode(text), 10)
  header[NPY_HEADER_BYTES - 1] = 0x0a
  return header
}

/** A NumPy file of float32. */
export function writeNpy(shape: readonly number[], values: Float32Array): Uint8Array {
  const file = new Uint8Array(NPY_HEADER_BYTES + values.byteLength)
  file.set(npyHeader(shape))
  file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), NPY_HEADER_BYTES)
  return file
}

/** What the header of a NumPy file says. */
export interface NpyHeader {
  readonly dtype: TensorType
  readonly shape: readonly number[]
  readonly isBigEndian: boolean
  readonly isColumnMajor: boolean
  /** Where its numbers begin. */
  readonly start: number
  /** Bytes of its numbers. */
  readonly bytes: number
}

/** The error of an array that cannot be read. */
export function arrayError(name: string, problem: string, options?: ErrorOptions): LeafError {
  return checkpointError(
    `array ${JSON.stringify(name)} ${problem}`,
    'Save it again with np.savez, as plain numbers.',
    options,
  )
}

/**
 * Reads the header of a NumPy file of any version.
 *
 * @param file its beginning
 * @param name what the array is called, for errors
 * @throws LeafError `model-file` where it is cut off or of a type that is no number.
 */
export function readNpyHeader(file: Uint8Array, name: string): NpyHeader {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (file.length < 12 || !MAGIC.every((byte, i) => file[i] === byte))
    throw arrayError(name, 'is no NumPy array')
  const wide = file[6] > 1
  const start = (wide ? 12 : 10) + (wide ? view.getUint32(8, true) : view.getUint16(8, true))
  if (start > file.length) throw arrayError(name, 'is cut off in its header')
  const header = new TextDecoder().decode(file.subarray(wide ? 12 : 10, start))
  const type = /'descr': *'([^']*)'/.exec(header)?.[1] ?? 'unknown'
  const sizes = /'shape': *\(([\d, ]*)\)/.exec(header)?.[1]
  if (sizes === undefined) throw arrayError(name, 'has no shape')
  if (!/^[<>|]/.test(type) || !Object.hasOwn(TYPES, type.slice(1)))
    throw arrayError(name, `has elements of type ${type}`)
  const shape = sizes
    .split(',')
    .filter((size) => size.trim() !== '')
    .map(Number)
  const bytes = shape.reduce((product, size) => product * size, Number(type.slice(2)))
  if (!Number.isSafeInteger(bytes)) throw arrayError(name, `has shape [${shape.join(', ')}]`)
  return {
    dtype: TYPES[type.slice(1)],
    shape,
    isBigEndian: type.startsWith('>'),
    isColumnMajor: /'fortran_order': *True/.test(header),
    start,
    bytes,
  }
}

/** A whole NumPy file; copies nothing. @throws LeafError `model-file` as `readNpyHeader`, or for another length. */
export function readNpy(file: Uint8Array, name: string): StoredTensor {
  const { start, bytes, ...tensor } = readNpyHeader(file, name)
  const data = file.subarray(start)
  if (data.length !== bytes)
    throw arrayError(name, `holds ${data.length} bytes where its shape wants ${bytes}`)
  return { ...tensor, bytes: data }
}
