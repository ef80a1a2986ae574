import { float16Values } from './float16.ts'
import { parseJson } from './json.ts'
import { modelError } from './model-error.ts'

/** Largest file that is read, bytes. */
export const FILE_LIMIT = 64 * 1024 * 1024
const RANK_LIMIT = 6
const LENGTH_BYTES = 8
const METADATA = '__metadata__'

/** Element types of the format, little-endian; this project computes with F32 and F64 only. */
const ELEMENT_BYTES = {
  BOOL: 1, U8: 1, I8: 1, F8_E5M2: 1, F8_E4M3: 1, I16: 2, U16: 2, F16: 2, BF16: 2,
  I32: 4, U32: 4, F32: 4, I64: 8, U64: 8, F64: 8, C64: 8,
} as const // biome-ignore format: one list, read at a glance

export type TensorType = keyof typeof ELEMENT_BYTES

/** Types whose numbers are read as they are. */
export const READ_TYPES = ['F16', 'BF16', 'F32', 'F64'] as const
export type ReadType = (typeof READ_TYPES)[number]

/** What a file may have at most. */
export interface FileLimits {
  /** Bytes. */
  readonly file: number
  readonly header: number
  readonly tensors: number
  /** Values in the JSON of the header. */
  readonly values: number
}

/** A model of this project. */
export const MODEL_LIMITS: FileLimits = {
  file: FILE_LIMIT,
  header: 1024 * 1024,
  tensors: 4096,
  values: 100_000,
}

/** Numbers with a shape, row-major; Float64Array is stored as F64, Float32Array as F32. */
export interface Tensor {
  readonly shape: readonly number[]
  readonly values: Float32Array | Float64Array
}

/** Numbers as they are written: besides a tensor's, the bits of float16 (Uint16Array), or int8. */
export interface WrittenTensor {
  readonly shape: readonly number[]
  readonly values: Tensor['values'] | Uint16Array | Int8Array
}

/** A tensor of a file, checked against the file's length but not copied out of it. */
export interface StoredTensor {
  /** One of `TensorType`, or in a file of others whatever it says. */
  readonly dtype: string
  readonly shape: readonly number[]
  /** A view into the file; asking for it may unpack and check it. */
  readonly bytes: Uint8Array
  /** Bytes of each number are in the other order. */
  readonly isBigEndian?: boolean
  /** Numbers are column-major: the first axis runs fastest. */
  readonly isColumnMajor?: boolean
  /** Why its numbers cannot be read. */
  readonly fault?: string
}

/** What a safetensors file holds, in the order of its header. */
export interface Safetensors {
  readonly metadata: ReadonlyMap<string, string>
  readonly tensors: ReadonlyMap<string, StoredTensor>
}

/**
 * Reads the header of a safetensors file and checks every entry against the bytes that are there; copies no tensor.
 *
 * @param isOfOthers whether texts and tensors that make no sense are left for who asks for them: `fault` says why
 * @throws LeafError `model-file` naming the header, the metadata key or the tensor that is wrong.
 */
export function readSafetensors(file: Uint8Array, limits = MODEL_LIMITS, isOfOthers = false): Safetensors {
  if (file.length > limits.file)
    throw modelError('file', `has ${file.length} bytes, more than ${limits.file}`)
  if (file.length < LENGTH_BYTES) throw modelError('header length', `is cut off after ${file.length} bytes`)
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true))
  const left = file.length - LENGTH_BYTES
  if (length > left) throw modelError('header length', `is ${length}, but ${left} bytes follow`)
  if (length > limits.header) throw modelError('header length', `is ${length}, more than ${limits.header}`)
  const header = parseHeader(file.subarray(LENGTH_BYTES, LENGTH_BYTES + length), limits.values)
  const data = file.subarray(LENGTH_BYTES + length)

  const metadata = new Map<string, string>()
  const tensors = new Map<string, StoredTensor>()
  const places: { name: string; begin: number; end: number }[] = []
  for (const [name, entry] of Object.entries(header)) {
    if (name === METADATA) {
      if (isOfOthers && (typeof entry !== 'object' || entry === null)) continue
      for (const [key, text] of Object.entries(objectAt(entry, METADATA))) {
        if (typeof text === 'string') metadata.set(key, text)
        else if (!isOfOthers) throw modelError(`${METADATA}.${key}`, 'is not a text')
      }
      continue
    }
    if (tensors.size === limits.tensors)
      throw modelError('header', `lists more than ${limits.tensors} tensors`)
    const { dtype, shape, begin, end, fault } = parseEntry(entry, name, data.length, isOfOthers)
    places.push({ name, begin, end })
    tensors.set(name, { dtype, shape, bytes: data.subarray(begin, end), fault })
  }
  checkPlaces(places, data.length)
  return { metadata, tensors }
}

/** Whether numbers of a type are read. */
export function isReadType(dtype: string): dtype is ReadType {
  return (READ_TYPES as readonly string[]).includes(dtype)
}

/**
 * A fresh copy of a stored tensor's numbers, row-major, whatever its alignment and order in the file; float16 and
 * bfloat16 as float32, which holds them exactly.
 *
 * @throws LeafError `model-file` where its elements are of another type.
 */
export function tensorValues(tensor: StoredTensor): Float32Array | Float64Array {
  const { dtype, shape, isBigEndian, isColumnMajor } = tensor
  if (!isReadType(dtype))
    throw modelError('a tensor', `has elements of type ${dtype}, not ${READ_TYPES.join(', ')}`)
  // Not `slice`: that of a Node Buffer copies nothing.
  const bytes = new Uint8Array(tensor.bytes)
  if (isBigEndian) reverseEach(bytes, ELEMENT_BYTES[dtype])
  const values = numbersOf(bytes.buffer, dtype)
  return isColumnMajor && shape.length > 1 ? rowMajor(values, shape) : values
}

/** The whole numbers of a tensor of int8, which mean nothing without their scales. */
export function int8Values({ bytes }: StoredTensor): Float32Array {
  return new Float32Array(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length))
}

function numbersOf(buffer: ArrayBuffer, dtype: ReadType): Float32Array | Float64Array {
  switch (dtype) {
    case 'F64':
      return new Float64Array(buffer)
    case 'F32':
      return new Float32Array(buffer)
    case 'F16':
      return float16Values(new Uint16Array(buffer))
    case 'BF16':
      // The upper half of a float32.
      return new Float32Array(Uint32Array.from(new Uint16Array(buffer), (bits) => bits << 16).buffer)
  }
}

function reverseEach(bytes: Uint8Array, size: number): void {
  for (let at = 0; at + size <= bytes.length; at += size) bytes.subarray(at, at + size).reverse()
}

function rowMajor(
  columns: Float32Array | Float64Array,
  shape: readonly number[],
): Float32Array | Float64Array {
  const rows = columns.slice()
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1))
  const index = shape.map(() => 0)
  for (let i = 0; i < rows.length; i++) {
    rows[i] = columns[index.reduce((sum, place, axis) => sum + place * strides[axis], 0)]
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis] === shape[axis]; axis--) index[axis] = 0
  }
  return rows
}

/** Writes a safetensors file: the widest types first, so that every tensor lies at a multiple of its element. */
export function writeSafetensors(
  metadata: Iterable<readonly [string, string]>,
  tensors: Iterable<readonly [string, WrittenTensor]>,
): Uint8Array {
  const typed = [...tensors].map(([name, tensor]) => ({ name, tensor, dtype: typeOf(tensor) }))
  const ordered = typed.sort((a, b) => ELEMENT_BYTES[b.dtype] - ELEMENT_BYTES[a.dtype])
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

function typeOf({ values }: WrittenTensor): 'F64' | 'F32' | 'F16' | 'I8' {
  if (values instanceof Float64Array) return 'F64'
  if (values instanceof Float32Array) return 'F32'
  return values instanceof Uint16Array ? 'F16' : 'I8'
}

function parseHeader(bytes: Uint8Array, valueLimit: number): Record<string, unknown> {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw modelError('header', 'is not UTF-8 text', { cause })
  }
  if (!text.startsWith('{')) throw modelError('header', 'does not begin with {')
  return objectAt(parseJson(text, 'header', valueLimit), 'header')
}

function objectAt(value: unknown, field: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw modelError(field, 'is not an object')
  return value as Record<string, unknown>
}

interface Entry {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
  readonly fault?: string
}

/** In a file of others an entry that lies within the data may have any type and shape. */
function parseEntry(value: unknown, name: string, dataLength: number, isOfOthers: boolean): Entry {
  const field = `tensor ${JSON.stringify(name)}`
  const entry = objectAt(value, field)
  const { dtype, shape, data_offsets: offsets } = entry
  const fault = entryFault(entry)
  if (fault && (!isOfOthers || !isPlace(offsets, dataLength)))
    throw modelError(`${field}${fault.at}`, fault.problem)
  const [begin, end] = offsets as [number, number]
  if (!isPlace(offsets, dataLength)) {
    throw modelError(
      `${field} data_offsets`,
      `is [${begin}, ${end}], outside the ${dataLength} bytes of data`,
    )
  }
  if (fault) {
    const given = { dtype: String(dtype), shape: isSizes(shape) ? shape : [] }
    return { ...given, begin, end, fault: `${fault.at} ${fault.problem}`.trim() }
  }
  const sizes = shape as number[]
  const wanted = sizes.reduce((product, size) => product * size, ELEMENT_BYTES[dtype as TensorType])
  if (wanted === end - begin) return { dtype: dtype as string, shape: sizes, begin, end }
  const problem = `holds ${end - begin} bytes where the shape wants ${wanted}`
  if (!isOfOthers) throw modelError(`${field} data_offsets`, problem)
  return { dtype: dtype as string, shape: sizes, begin, end, fault: problem }
}

/** What is wrong with an entry by itself. */
function entryFault(entry: Record<string, unknown>): { at: string; problem: string } | null {
  const { dtype, shape, data_offsets: offsets } = entry
  for (const key of Object.keys(entry)) {
    if (!['dtype', 'shape', 'data_offsets'].includes(key))
      return { at: ` ${key}`, problem: 'is an unknown key' }
  }
  if (!isType(dtype))
    return { at: ' dtype', problem: `is ${JSON.stringify(dtype)}, which the format has not` }
  if (!isSizes(shape) || shape.length > RANK_LIMIT)
    return { at: ' shape', problem: `is not a list of at most ${RANK_LIMIT} sizes` }
  if (!isSizes(offsets) || offsets.length !== 2)
    return { at: ' data_offsets', problem: 'is not a pair of offsets' }
  return null
}

function isPlace(offsets: unknown, dataLength: number): boolean {
  return isSizes(offsets) && offsets.length === 2 && offsets[0] <= offsets[1] && offsets[1] <= dataLength
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
