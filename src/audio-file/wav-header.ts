import { damagedFile, truncatedFile, unsupportedFile } from './errors.ts'
import type { FileBytes } from './file-bytes.ts'

/** Reads one little-endian sample at a byte offset, full scale ±1. */
export type SampleReader = (view: DataView, at: number) => number

/** Where the sound of a WAV file lies and how to read it. */
export interface WavHeader {
  dataStart: number
  /** Length of the sound; null where the writer, streaming, could not know it. */
  dataBytes: number | null
  /** Hz */
  sampleRate: number
  channels: number
  sampleBytes: number
  readSample: SampleReader
}

const PCM = 1
const FLOAT = 3
const EXTENSIBLE = 0xfffe
const LARGEST_FORMAT_CHUNK = 4096
// Writers to a pipe leave such a size in the header.
const UNKNOWN_SIZE = 0x7fff0000

const READERS: Record<string, SampleReader> = {
  [`${PCM}/8`]: (view, at) => (view.getUint8(at) - 128) / 128,
  [`${PCM}/16`]: (view, at) => view.getInt16(at, true) / 2 ** 15,
  [`${PCM}/24`]: (view, at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 2 ** 16) / 2 ** 23,
  [`${PCM}/32`]: (view, at) => view.getInt32(at, true) / 2 ** 31,
  [`${FLOAT}/32`]: (view, at) => view.getFloat32(at, true),
  [`${FLOAT}/64`]: (view, at) => view.getFloat64(at, true),
}

/**
 * Walks the chunks up to the sound.
 *
 * @throws LeafError('audio-file') where a chunk is missing, cut off or of another coding
 */
export async function readWavHeader(bytes: FileBytes): Promise<WavHeader> {
  let format: Omit<WavHeader, 'dataStart' | 'dataBytes'> | undefined
  let wideDataBytes: number | undefined
  for (let at = 12; ; ) {
    const header = await bytes.at(at, 8)
    if (header.length < 8) throw truncatedFile(bytes.path, 'before its sound begins')
    const id = Buffer.from(header).toString('latin1', 0, 4)
    const size = new DataView(header.buffer, header.byteOffset).getUint32(4, true)
    const start = at + 8
    if (id === 'data') {
      if (!format) throw damagedFile(bytes.path, 'no format before the sound')
      const dataBytes = wideDataBytes ?? size
      const isUnknown = size >= UNKNOWN_SIZE && start + dataBytes > bytes.total
      return { ...format, dataStart: start, dataBytes: isUnknown ? null : dataBytes }
    }
    if (id === 'fmt ')
      format = parseFormat(await bytes.at(start, Math.min(size, LARGEST_FORMAT_CHUNK)), bytes.path)
    if (id === 'ds64')
      wideDataBytes = Number(viewOf(await bytes.at(start, 16), 16, bytes.path).getBigUint64(8, true))
    at = start + size + (size % 2)
  }
}

function parseFormat(chunk: Uint8Array, path: string): Omit<WavHeader, 'dataStart' | 'dataBytes'> {
  const view = viewOf(chunk, 16, path)
  const tag = view.getUint16(0, true)
  const channels = view.getUint16(2, true)
  const sampleRate = view.getUint32(4, true)
  const bits = view.getUint16(14, true)
  const coding = tag === EXTENSIBLE ? viewOf(chunk, 26, path).getUint16(24, true) : tag
  const readSample = READERS[`${coding}/${bits}`]
  if (!readSample) throw unsupportedFile(path, `is WAV of coding ${coding} with ${bits} bits`)
  if (channels === 0 || sampleRate === 0) throw damagedFile(path, `${channels} channels at ${sampleRate} Hz`)
  return { sampleRate, channels, sampleBytes: bits / 8, readSample }
}

function viewOf(chunk: Uint8Array, length: number, path: string): DataView {
  if (chunk.length < length) throw truncatedFile(path, 'within its header')
  return new DataView(chunk.buffer, chunk.byteOffset, chunk.length)
}
