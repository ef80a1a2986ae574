import { LeafError } from '../error.ts'
import { tagOf } from '../tag-of.ts'

/** How samples are written in bytes, little-endian: 16-bit integers (s16le), or 32-bit floats (f32le) of full scale ±1. */
export type SampleFormat = 'int16' | 'float32'

/**
 * What samples of one channel come in: floats of full scale ±1, 16-bit integers, bytes of either (a Buffer of a pipe, cut
 * anywhere), or numbers one by one.
 */
export type SampleChunk = Float32Array | Float64Array | Int16Array | Uint8Array | readonly number[] | number

/** Numbers that come one by one are passed on so many at a time. */
const GATHERED = 1024

/**
 * Samples as blocks of floats, full scale ±1.
 *
 * @param format of bytes; may be left out where none come
 * @throws LeafError `arguments` for what are no samples, and for bytes without a format; `audio-file` for bytes that end
 * within a sample
 */
export async function* sampleBlocks(
  chunks: AsyncIterable<SampleChunk> | Iterable<SampleChunk>,
  format?: SampleFormat,
): AsyncGenerator<Float32Array> {
  if (!isIterable(chunks)) throw noSamples(chunks)
  const bytes = new SampleBytes(format)
  let numbers: number[] = []
  for await (const chunk of chunks) {
    if (typeof chunk === 'number') {
      if (numbers.push(chunk) < GATHERED) continue
      yield Float32Array.from(numbers)
      numbers = []
    } else yield chunk instanceof Uint8Array ? bytes.read(chunk) : floatsOf(chunk)
  }
  if (numbers.length > 0) yield Float32Array.from(numbers)
  bytes.finish()
}

/** Bytes, cut anywhere, to samples. */
class SampleBytes {
  readonly #format: SampleFormat | undefined
  #rest: Uint8Array = new Uint8Array(0)

  constructor(format: SampleFormat | undefined) {
    if (format !== undefined && format !== 'int16' && format !== 'float32')
      throw new LeafError(
        'arguments',
        `There is no format of samples ${format}.`,
        "Use 'int16' or 'float32'.",
      )
    this.#format = format
  }

  read(chunk: Uint8Array): Float32Array {
    if (this.#format === undefined)
      throw new LeafError(
        'arguments',
        'The stream gives bytes, of which nobody said how they hold samples.',
        "Say it by `format`: 'int16' (s16le) or 'float32' (f32le).",
      )
    const bytes = new Uint8Array(this.#rest.length + chunk.length)
    bytes.set(this.#rest)
    bytes.set(chunk, this.#rest.length)
    const size = this.#format === 'int16' ? 2 : 4
    const samples = new Float32Array(Math.floor(bytes.length / size))
    const view = new DataView(bytes.buffer)
    for (let i = 0; i < samples.length; i++)
      samples[i] = size === 2 ? view.getInt16(2 * i, true) / 32768 : view.getFloat32(4 * i, true)
    this.#rest = bytes.slice(samples.length * size)
    return samples
  }

  finish(): void {
    if (this.#rest.length > 0)
      throw new LeafError('audio-file', 'The stream of samples ends within a sample.', 'Check its format.')
  }
}

function floatsOf(chunk: Exclude<SampleChunk, number | Uint8Array>): Float32Array {
  if (chunk instanceof Float32Array) return chunk
  if (chunk instanceof Int16Array) return Float32Array.from(chunk, (sample) => sample / 32768)
  const isNumbers = Array.isArray(chunk) && chunk.every((sample) => typeof sample === 'number')
  if (isNumbers || chunk instanceof Float64Array) return Float32Array.from(chunk)
  throw noSamples(chunk)
}

function isIterable(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value)
  )
}

function noSamples(value: unknown): LeafError {
  return new LeafError(
    'arguments',
    `There are no samples in this (${tagOf(value)}).`,
    'Pass an iterable of Float32Array, Float64Array, Int16Array, numbers, or bytes with their `format`.',
  )
}
