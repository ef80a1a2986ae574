import { parseJson } from './json.ts'
import { modelError } from './model-error.ts'

/** Largest file that is read, bytes. */
export const FILE_LIMIT = 64 * 1024 * 1024
const HEADER_LIMIT = 1024 * 1024
const TENSOR_LIMIT = 4096
const RANK_LIMIT = 6
const LENGTH_BYTES = 8
const METADATA = '__metadata__'

/** Element types of the format, little-endian; this project writes and computes with F32 and F64 only. */
const ELEMENT_BYTES = {
  BOOL: 1, U8: 1, I8: 1, F8_E5M2: 1, F8_E4M3: 1, I16: 2, U16: 2, F16: 2, BF16: 2,
  I32: 4, U32: 4, F32: 4, I64: 8, U64: 8, F64: 8, C64: 8,
} as const // biome-ignore format: one list, read at a glance

export type TensorType = keyof typeof ELEMENT_BYTES

/** Numbers with a shape, row-major; Float64Array is stored as F64, Float32Array as F32. */
export interface Tensor {
  readonly shape: readonly number[]
  readonly values: Float32Array | Float64Array
}

/** A tensor of a file, checked against the file's length but not copied out of it. */
export interface StoredTensor {
  readonly dtype: TensorType
  readonly shape: readonly number[]
  /** A view into the file. */
  readonly bytes: Uint8Array
}

/** What a safetensors file holds, in the order of its header. */
export interface Safetensors {
  readonly metadata: ReadonlyMap<string, string>
  readonly tensors: ReadonlyMap<string, StoredTensor>
}

/**
 * Reads the header of a safetensors file and checks every entry against the bytes that are there; copies no tensor.
 *
 * @param limit bytes that the file may have at most
 * @throws LeafError `model-file` naming the header, the metadata key or the tensor that is wrong.
 */
export function readSafetensors(file: Uint8Array, limit = FILE_LIMIT): Safetensors {
  if (file.length > limit) throw modelError('file', `has ${file.length} bytes, more than ${limit}`)
  if (file.length < LENGTH_BYTES) throw modelError('header length', `is cut off after ${file.length} bytes`)
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true))
  const left = file.length - LENGTH_BYTES
  if (length > left) throw modelError('header length', `is ${length}, but ${left} bytes follow`)
  if (length > HEADER_LIMIT) throw modelError('header length', `is ${length}, more than ${HEADER_LIMIT}`)
  const header = parseHeader(file.subarray(LENGTH_BYTES, LENGTH_BYTES + length))
  const data = file.subarray(LENGTH_BYTES + length)

  const metadata = new Map<string, string>()
  const tensors = new Map<string, StoredTensor>()
  const places: { name: string; begin: number; end: number }[] = []
  for (const [name, entry] of Object.entries(header)) {
    if (name === METADATA) {
      for (const [key, text] of Object.entries(objectAt(entry, METADATA))) {
        if (typeof text !== 'string') throw modelError(`${METADATA}.${key}`, 'is not a text')
        metadata.set(key, text)
      }
      continue
    }
    if (tensors.size === TENSOR_LIMIT) throw modelError('header', `lists more than ${TENSOR_LIMIT} tensors`)
    const { dtype, shape, begin, end } = parseEntry(entry, name, data.length)
    places.push({ name, begin, end })
    tensors.set(name, { dtype, shape, bytes: data.subarray(begin, end) })
  }
  checkPlaces(places, data.length)
  return { metadata, tensors }
}

/**
 * A fresh copy of a stored tensor's numbers, whatever its alignment in the file.
 *
 * @throws LeafError `model-file` where its elements are neither F32 nor F64.
 */
export function tensorValues(tensor: StoredTensor): Float32Array | Float64Array {
  if (tensor.dtype !== 'F32' && tensor.dtype !== 'F64')
    throw modelError('a tensor', `has elements of type ${tensor.dtype}, not F32 or F64`)
  // Not `slice`: that of a Node Buffer copies nothing.
  const { buffer } = new Uint8Array(tensor.bytes)
  return tensor.dtype === 'F64' ? new Float64Array(buffer) : new Float32Array(buffer)
}

/** Writes a safetensors file: float64 tensors first, so that every tensor lies at a multiple of its element. */
export function writeSafetensors(
  metadata: Iterable<readonly [string, string]>,
  tensors: Iterable<readonly [string, Tensor]>,
): Uint8Array {
  const typed = [...tensors].map(([name, tensor]) => ({ name, tensor, dtype: typeOf(tensor) }))
  const ordered = [
    ...typed.filter(({ dtype }) => dtype === 'F64'),
    ...typed.filter(({ dtype }) => dtype === 'F32'),
  ]
  let end = 0
  const entries = ordered.map(({ name, tensor, dtype }) => {
    const begin = end
    end += tensor.values.byteLength
    return [name, { dtype, shape: tensor.shape, data_offsets: [begin, end] }] as const
  })
  const text = JSON.stringify(Object.fromEntries([[METADATA, Object.fromEntries(metadata)], ...entries]))
  const header = new TextEncoder().encode(text)
  const headerLength = Math.ceil(header.length / LENGTH_BYTES) * LENGTH_BYTES
  const file = new Uint8Array(LENGTH_BYTES + headerLength + end).fill(0x20, 0, LENGTH_BYTES + headerLength)
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true)
  file.set(header, LENGTH_BYTES)
  let offset = LENGTH_BYTES + headerLength
  for (const { tensor } of ordered) {
    const { buffer, byteOffset, byteLength } = tensor.values
    file.set(new Uint8Array(buffer, byteOffset, byteLength), offset)
    offset += byteLength
  }
  return file
}

function typeOf(tensor: Tensor): 'F32' | 'F64' {
  return tensor.values instanceof Float64Array ? 'F64' : 'F32'
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw modelError('header', 'is not UTF-8 text', { cause })
  }
  if (!text.startsWith('{')) throw modelError('header', 'does not begin with {')
  return objectAt(parseJson(text, 'header'), 'header')
}

function objectAt(value: unknown, field: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw modelError(field, 'is not an object')
  return value as Record<string, unknown>
}

function parseEntry(value: unknown, name: string, dataLength: number) {
  const field = `tensor ${JSON.stringify(name)}`
  const entry = objectAt(value, field)
  for (const key of Object.keys(entry)) {
    if (!['dtype', 'shape', 'data_offsets'].includes(key))
      throw modelError(`${field} ${key}`, 'is an unknown key')
  }
  const { dtype, shape, data_offsets: offsets } = entry
  if (!isType(dtype))
    throw modelError(`${field} dtype`, `is ${JSON.stringify(dtype)}, which the format has not`)
  if (!isSizes(shape) || shape.length > RANK_LIMIT) {
    throw modelError(`${field} shape`, `is not a list of at most ${RANK_LIMIT} sizes`)
  }
  if (!isSizes(offsets) || offsets.length !== 2)
    throw modelError(`${field} data_offsets`, 'is not a pair of offsets')
  const [begin, end] = offsets as [number, number]
  if (begin > end || end > dataLength) {
    throw modelError(
      `${field} data_offsets`,
      `is [${begin}, ${end}], outside the ${dataLength} bytes of data`,
    )
  }
  const wanted = shape.reduce((product, size) => product * size, ELEMENT_BYTES[dtype])
  if (wanted !== end - begin) {
    throw modelError(`${field} data_offsets`, `holds ${end - begin} bytes where the shape wants ${wanted}`)
  }
  return { dtype, shape, begin, end } as const
}

function isType(value: unknown): value is TensorType {
  return typeof value === 'string' && Object.hasOwn(ELEMENT_BYTES, value)
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0)
}

/** The format wants the data covered exactly once: no overlap, no hole, nothing after the last tensor. */
function checkPlaces(places: { name: string; begin: number; end: number }[], dataLength: number): void {
  let expected = 0
  for (const { name, begin, end } of places.sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    const field = `tensor ${JSON.stringify(name)} data_offsets`
    if (begin < expected) throw modelError(field, `begins at ${begin}, inside the tensor before it`)
    if (begin > expected) throw modelError(field, `begins at ${begin}, leaving a hole from ${expected}`)
    expected = end
  }
  if (expected !== dataLength)
    throw modelError('data', `has ${dataLength - expected} bytes that no tensor names`)
}
