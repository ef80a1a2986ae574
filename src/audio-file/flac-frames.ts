import { damagedFile } from './errors.ts'
import type { StreamInfo } from './flac-decoding.ts'
import { HEADER_BYTES, isHeader } from './flac-frame-header.ts'
import type { SoundBytes } from './sound-bytes.ts'

/** A longer frame cannot be: 65,535 samples of 8 channels of 32 bits, each as it is, and its headers. */
const LONGEST_FRAME = 65535 * 8 * 5
const REGION_BYTES = 32768

/** A frame of FLAC. */
export interface FlacFrame {
  readonly bytes: Uint8Array
  /** Whether its checksum is right; else it is the last, with whatever follows it, or cut off. */
  readonly isWhole: boolean
}

/**
 * The frames of a FLAC stream from `at` on.
 *
 * @throws LeafError('audio-file') where a frame is damaged and another follows it
 */
export async function* flacFrames(
  bytes: SoundBytes,
  at: number,
  info: StreamInfo,
): AsyncGenerator<FlacFrame> {
  while (isHeader(await bytes.at(at, HEADER_BYTES), info)) {
    const { length, isWhole } = await frameLength(bytes, at, info)
    yield { bytes: (await bytes.at(at, length)).slice(), isWhole }
    if (!isWhole) return
    at += length
  }
}

/** Of the frame at `at`: up to where its checksum is right and the next begins or the sound ends. */
async function frameLength(bytes: SoundBytes, at: number, info: StreamInfo) {
  const most = Math.min(LONGEST_FRAME, bytes.end - at)
  let crc = 0
  let hasNext = false
  for (let read = 0; read < most; ) {
    const region = await bytes.at(at + read, Math.min(REGION_BYTES + HEADER_BYTES, most - read))
    const stop = read + region.length < most ? REGION_BYTES : region.length
    for (let i = 0; i < stop; i++) {
      if (region[i] === 0xff && read + i > 0 && isHeader(region.subarray(i, i + HEADER_BYTES), info)) {
        if (crc === 0) return { length: read + i, isWhole: true }
        hasNext = true
      }
      crc = ((crc << 8) & 0xffff) ^ CRC16[(crc >> 8) ^ region[i]]
    }
    read += stop
  }
  if (crc !== 0 && hasNext) throw damagedFile(bytes.path, `the frame at byte ${at}`)
  return { length: most, isWhole: crc === 0 }
}

/** Polynomial 8005. */
const CRC16 = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x8005 : crc << 1
  return crc
})
