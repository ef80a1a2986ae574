import { truncatedFile } from './errors.ts'
import { FlacDecoding, parseStreamInfo, STREAM_INFO_BYTES, type StreamInfo } from './flac-decoding.ts'
import { type FlacFrame, flacFrames } from './flac-frames.ts'
import type { SoundBlock } from './sound-block.ts'
import type { SoundBytes } from './sound-bytes.ts'

/** Frames are handed to the decoder in about this many bytes: one can expand to a minute of silence. */
const BATCH_BYTES = 16384
const IS_LAST_METADATA = 0x80
const STREAM_INFO = 0
/** Pictures, cue sheets, comments: more than any file has. */
const METADATA_LIMIT = 4096

/** FLAC on its own. It must hold as many samples as it promises; where it promises nothing, a cut last frame is left out. */
export async function* decodeFlac(bytes: SoundBytes): AsyncGenerator<SoundBlock> {
  const { info, framesAt } = await readMetadata(bytes)
  const decoding = await FlacDecoding.start(bytes.path, info)
  let decoded = 0
  try {
    for await (const batch of inBatches(flacFrames(bytes, framesAt, info))) {
      const block = await decoding.decode(batch.map((frame) => frame.bytes))
      decoded += block.channels[0]?.length ?? 0
      yield batch[0].isWhole ? block : { ...block, damage: undefined }
    }
  } finally {
    decoding.end()
  }
  if (decoded < info.samples) throw truncatedFile(bytes.path, `${decoded} of ${info.samples} samples`)
}

async function readMetadata(bytes: SoundBytes): Promise<{ info: StreamInfo; framesAt: number }> {
  let info: StreamInfo | null = null
  let at = bytes.start + 4
  for (let count = 0; count < METADATA_LIMIT; count++) {
    const head = (await bytes.at(at, 4)).slice()
    const length = (head[1] << 16) | (head[2] << 8) | head[3]
    at += 4
    if (head.length < 4 || at + length > bytes.end) break
    if ((head[0] & 0x7f) === STREAM_INFO && length >= STREAM_INFO_BYTES)
      info = parseStreamInfo(bytes.path, await bytes.at(at, STREAM_INFO_BYTES))
    at += length
    if (head[0] & IS_LAST_METADATA && info) return { info, framesAt: at }
  }
  throw truncatedFile(bytes.path, 'within its header')
}

/** A frame that is not whole comes alone. */
async function* inBatches(frames: AsyncIterable<FlacFrame>): AsyncGenerator<FlacFrame[]> {
  let batch: FlacFrame[] = []
  let length = 0
  for await (const frame of frames) {
    if (batch.length > 0 && (length >= BATCH_BYTES || !frame.isWhole)) {
      yield batch
      batch = []
      length = 0
    }
    batch.push(frame)
    length += frame.bytes.length
  }
  if (batch.length > 0) yield batch
}
