import { damagedFile, truncatedFile, unsupportedFile } from './errors.ts'

/** How the samples of a WAV file are written. */
export interface WavFormat {
  readonly coding: 'pcm' | 'float' | 'alaw' | 'mulaw'
  /** Hz */
  readonly sampleRate: number
  readonly channels: number
  /** Bits that are the sample's own. */
  readonly bits: number
  /** Bytes that a sample takes, at least its bits. */
  readonly container: number
}

const EXTENSIBLE = 0xfffe
const CODINGS: Readonly<Record<number, WavFormat['coding']>> = { 1: 'pcm', 3: 'float', 6: 'alaw', 7: 'mulaw' }
/** What else people have: names of the registry of wave formats (RFC 2361). */
const NAMES: Readonly<Record<number, string>> = {
  2: 'Microsoft ADPCM',
  16: 'OKI ADPCM',
  17: 'IMA ADPCM',
  20: 'G.723 ADPCM',
  32: 'Yamaha ADPCM',
  34: 'TrueSpeech',
  49: 'GSM 6.10',
  64: 'G.721 ADPCM',
  69: 'G.726 ADPCM',
  80: 'MPEG layer I or II',
  85: 'MP3',
  100: 'G.726 ADPCM',
  101: 'G.722 ADPCM',
  105: 'IMA ADPCM',
  255: 'AAC',
  352: 'Windows Media',
  353: 'Windows Media',
  354: 'Windows Media',
  355: 'Windows Media',
  5632: 'AAC',
  5634: 'AAC',
  5648: 'AAC',
  8192: 'AC-3',
  8193: 'DTS',
  22358: 'WavPack',
  26447: 'Vorbis',
  26448: 'Vorbis',
  26449: 'Vorbis',
  61868: 'FLAC',
}
const MOST_CONTAINER = 8

/**
 * The content of a format chunk.
 *
 * @throws LeafError('audio-file') where it is cut off, makes no sense, or is of a coding that is not read
 */
export function parseWavFormat(chunk: Uint8Array, path: string): WavFormat {
  if (chunk.length < 16) throw truncatedFile(path, 'within its header')
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length)
  const tag = view.getUint16(0, true)
  if (tag === EXTENSIBLE && chunk.length < 26) throw truncatedFile(path, 'within its header')
  const number = tag === EXTENSIBLE ? view.getUint16(24, true) : tag
  const channels = view.getUint16(2, true)
  const sampleRate = view.getUint32(4, true)
  const blockAlign = view.getUint16(12, true)
  const wide = view.getUint16(14, true)
  const valid = tag === EXTENSIBLE ? view.getUint16(18, true) : wide
  const refuse = (what: string) =>
    unsupportedFile(path, `is WAV of coding ${number} with ${wide} bits${what}`)
  if (!Object.hasOwn(CODINGS, number)) throw refuse(number in NAMES ? ` (${NAMES[number]})` : '')
  const coding = CODINGS[number]
  if (channels === 0 || sampleRate === 0) throw damagedFile(path, `${channels} channels at ${sampleRate} Hz`)
  const container = containerOf(blockAlign, channels, wide)
  const isFit =
    coding === 'pcm'
      ? wide > 0 && 8 * container >= wide && container <= MOST_CONTAINER
      : coding === 'float'
        ? 8 * container === wide && (container === 4 || container === 8)
        : container === 1
  if (!isFit) throw refuse(` in frames of ${blockAlign} bytes for ${channels} channels`)
  const bits = coding === 'pcm' && valid > 0 && valid < wide ? valid : wide
  return { coding, sampleRate, channels, bits, container }
}

/** Bytes a sample: the frame's shared among the channels. Some writers give it in bits, or leave it 0. */
function containerOf(blockAlign: number, channels: number, bits: number): number {
  if (blockAlign === 0 || blockAlign === channels * bits) return Math.ceil(bits / 8)
  return blockAlign / channels
}
