import { isWebPage } from '../web-page.ts'
import { notAudio, unsupportedFile } from './errors.ts'
import { isFrameHeader, layerOf } from './mpeg-frame.ts'
import type { SoundBytes } from './sound-bytes.ts'

export type Codec = 'wav' | 'flac' | 'vorbis' | 'opus' | 'mp3'

/** Recognising looks no further. */
export const HEAD_BYTES = 4096

/** Marks of formats that are not read, and what to call them in "the file is …". */
const OTHERS: readonly (readonly [mark: string, name: string, at?: number])[] = [
  ['riff\x2e\x91\xcf\x11', 'Wave64'],
  ['RIFX', 'RIFX, a big-endian WAV'],
  ['AVI ', 'AVI', 8],
  ['QLCM', 'QCP', 8],
  ['RMID', 'MIDI, which holds notes and no sound', 8],
  ['MThd', 'MIDI, which holds notes and no sound'],
  ['AIFC', 'AIFF-C', 8],
  ['FORM', 'AIFF'],
  ['caff', 'Core Audio (CAF)'],
  ['.snd', 'Sun audio (AU)'],
  ['dns.', 'Sun audio (AU)'],
  ['ftyp', 'MPEG-4 (m4a, mp4)', 4],
  ['moov', 'QuickTime', 4],
  ['mdat', 'QuickTime', 4],
  ['\x1a\x45\xdf\xa3', 'Matroska or WebM'],
  ['\x30\x26\xb2\x75', 'Windows Media (WMA)'],
  ['wvpk', 'WavPack'],
  ['MAC ', "Monkey's Audio"],
  ['MP+', 'Musepack'],
  ['MPCK', 'Musepack'],
  ['TTA1', 'TTA'],
  ['TTA2', 'TTA'],
  ['OFR ', 'OptimFROG'],
  ['tBaK', 'TAK'],
  ['ajkg', 'Shorten'],
  ['LA0', 'Lossless Audio'],
  ['DSD ', 'DSD (DSF)'],
  ['FRM8', 'DSD (DSDIFF)'],
  ['#!AMR', 'AMR'],
  ['#!SILK', 'SILK'],
  ['\x02#!SILK', 'SILK'],
  ['.RMF', 'RealAudio'],
  ['.ra\xfd', 'RealAudio'],
  ['FLV\x01', 'Flash video'],
  ['\x0b\x77', 'AC-3'],
  ['\x7f\xfe\x80\x01', 'DTS'],
  ['\x64\xa3', 'IRCAM'],
  ['NIST_1A', 'SPHERE'],
  ['Creative Voice File', 'Creative Voice (VOC)'],
  ['ADIF', 'AAC (ADIF)'],
  ['#EXTM3U', 'a playlist'],
  ['[playlist]', 'a playlist'],
  ['PK\x03\x04', 'a ZIP archive'],
  ['\x1f\x8b', 'compressed by gzip'],
  ['\x28\xb5\x2f\xfd', 'compressed by Zstandard'],
  ['7z\xbc\xaf', 'a 7-Zip archive'],
  ['Rar!', 'a RAR archive'],
  ['version https://git-lfs', 'a Git LFS pointer and not the sound itself (git lfs pull fetches it)'],
]

/** First packets of what else lies in Ogg. */
const OGG_OTHERS: readonly (readonly [mark: string, name: string])[] = [
  ['Speex   ', 'Speex'],
  ['\x80theora', 'Theora'],
  ['CELT    ', 'CELT'],
  ['BBCD\0', 'Dirac'],
  ['\x01video', 'OGM video'],
  ['\x80kate', 'Kate'],
  ['PCM     ', 'PCM'],
  ['fishead\0', 'Skeleton'],
]

/** Whether bytes begin as a sound does, whether we read it or not; MPEG audio by its first header alone. */
export function isSoundStart(head: Uint8Array): boolean {
  const start = latin1(head)
  return (
    isWav(start) ||
    /^(fLaC|OggS)/.test(start) ||
    isFrameHeader(head) ||
    isAdts(head) ||
    OTHERS.some(([mark, , at = 0]) => start.startsWith(mark, at))
  )
}

/** What a container is by its first bytes: Ogg is looked into by its decoder, and MPEG audio may lie behind junk. */
export async function recogniseContainer(bytes: SoundBytes): Promise<'wav' | 'flac' | 'ogg' | 'mpeg'> {
  const head = (await bytes.at(bytes.start, HEAD_BYTES)).slice()
  const start = latin1(head)
  if (isWav(start)) return 'wav'
  if (start.startsWith('fLaC')) return 'flac'
  if (start.startsWith('OggS')) return 'ogg'
  const other = OTHERS.find(([mark, , at = 0]) => start.startsWith(mark, at))
  if (other) throw unsupportedFile(bytes.path, `is ${other[1]}`)
  if (isWebPage(start)) throw notAudio(bytes.path, 'a web page')
  if (isAdtsStream(head)) throw unsupportedFile(bytes.path, 'is ADTS AAC')
  return 'mpeg'
}

/** What the first packet of a stream in Ogg says: a codec of ours, or else its name for people. */
export function oggCodec(packet: Uint8Array): 'vorbis' | 'opus' | 'flac' | { readonly name: string } {
  const start = latin1(packet)
  if (start.startsWith('\x01vorbis')) return 'vorbis'
  if (start.startsWith('OpusHead')) return 'opus'
  if (start.startsWith('\x7fFLAC')) return 'flac'
  return { name: OGG_OTHERS.find(([mark]) => start.startsWith(mark))?.[1] ?? 'an unknown codec' }
}

/** @throws LeafError('audio-file') for bytes that hold no MPEG audio of layer III, saying what they are instead */
export function refuseMpeg(path: string, frame: Uint8Array | null): never {
  if (frame === null) throw notAudio(path)
  throw unsupportedFile(path, `is MPEG audio of layer ${'I'.repeat(layerOf(frame))}, not MP3`)
}

function isWav(start: string): boolean {
  return /^(RIFF|RF64|BW64)/.test(start) && start.startsWith('WAVE', 8)
}

/** Two frames one after the other: the sync word alone is no evidence. */
function isAdtsStream(head: Uint8Array): boolean {
  if (!isAdts(head)) return false
  const length = ((head[3] & 3) << 11) | (head[4] << 3) | (head[5] >> 5)
  return length > 7 && (length + 6 > head.length || isAdts(head.subarray(length)))
}

function isAdts(bytes: Uint8Array): boolean {
  return bytes.length >= 6 && bytes[0] === 0xff && (bytes[1] & 0xf6) === 0xf0 && (bytes[2] & 0x3c) >> 2 < 13
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES)).toString('latin1')
}
