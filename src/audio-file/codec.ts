import { notAudio, unsupportedFile } from './errors.ts'
import { isMp3Frame } from './mp3-header.ts'

export type Codec = 'wav' | 'flac' | 'vorbis' | 'opus' | 'mp3'

// Ogg: a page header of 27 bytes and one segment length precede the first packet.
const OGG_FIRST_PACKET = 28

const OTHERS: { at: number; mark: string; name: string }[] = [
  { at: 0, mark: 'FORM', name: 'is AIFF' },
  { at: 4, mark: 'ftyp', name: 'is MPEG-4 (m4a, mp4)' },
  { at: 0, mark: '\x1a\x45\xdf\xa3', name: 'is Matroska or WebM' },
  { at: 0, mark: '.snd', name: 'is Sun audio' },
  { at: 0, mark: '\x30\x26\xb2\x75', name: 'is Windows Media' },
]

/**
 * The codec by the first bytes of a file.
 *
 * @throws LeafError('audio-file') where it is none of ours
 */
export function recogniseCodec(head: Uint8Array, path: string): Codec {
  const start = Buffer.from(head).toString('latin1')
  const has = (mark: string, at = 0) => start.startsWith(mark, at)
  if ((has('RIFF') || has('RF64') || has('BW64')) && has('WAVE', 8)) return 'wav'
  if (has('fLaC')) return 'flac'
  if (has('OggS')) {
    if (has('\x01vorbis', OGG_FIRST_PACKET)) return 'vorbis'
    if (has('OpusHead', OGG_FIRST_PACKET)) return 'opus'
    if (has('\x7fFLAC', OGG_FIRST_PACKET)) return 'flac'
    throw unsupportedFile(path, 'is Ogg with neither Vorbis, Opus nor FLAC first in it')
  }
  if (has('ID3') || isMp3Frame(head)) return 'mp3'
  const other = OTHERS.find(({ mark, at }) => has(mark, at))
  throw other ? unsupportedFile(path, other.name) : notAudio(path)
}
