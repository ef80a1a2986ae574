import { refuseMpeg } from './codec.ts'
import { damagedFile, notAudio, truncatedFile, unsupportedFile } from './errors.ts'
import { channelsOf, frameSamples, layerOf, promisedBytes } from './mpeg-frame.ts'
import { type Frame, findStream, mpegFrames } from './mpeg-stream.ts'
import type { SoundBlock } from './sound-block.ts'
import type { SoundBytes } from './sound-bytes.ts'
import { WasmDecoder } from './wasm-decoder.ts'

/** Frames are handed to the decoder in about this many bytes: one can expand to minutes of silence. */
const BATCH_BYTES = 16384

/**
 * MP3 without the encoder's delay and padding, where its header states them. Junk before the first frame and between
 * frames is passed over, and a damaged frame is silence, as in every player; where that is most of the file, it is refused.
 */
export async function* decodeMp3(bytes: SoundBytes): AsyncGenerator<SoundBlock> {
  const found = await findStream(bytes, bytes.start)
  if (found.kind === 'free format') throw unsupportedFile(bytes.path, 'is MP3 of free format')
  if (found.kind === 'nothing') throw notAudio(bytes.path)
  const first = await firstFrame(bytes, found.at)
  // Behind a tag of MP3 files layer II was made as one, and is read; alone it is another format.
  if (layerOf(first) === 1 || (layerOf(first) === 2 && bytes.start === 0)) refuseMpeg(bytes.path, first)
  const available = bytes.end - found.at
  if (promisedBytes(first) > available)
    throw truncatedFile(bytes.path, `${available} of ${promisedBytes(first)} bytes of sound`)

  let junk = 0
  let passed = 0
  let expected = 0
  let decoded = 0
  const { MPEGDecoder } = await import('mpg123-decoder')
  const decoder = await WasmDecoder.start(bytes.path, new MPEGDecoder())
  try {
    const frames = mpegFrames(bytes, found.at, (count) => {
      junk += count
    })
    for await (const batch of inBatches(frames)) {
      const block = await decoder.run((mpg123) => mpg123.decode(concatenated(batch)))
      for (const { bytes: frame } of batch) {
        passed += frame.length
        expected += frameSamples(frame)
      }
      decoded += block.channels[0]?.length ?? 0
      // The decoder doubles mono to two channels.
      yield { ...block, channelCount: channelsOf(first), damage: undefined }
    }
  } finally {
    decoder.end()
  }
  if (junk > passed) throw damagedFile(bytes.path, `${junk} of its ${junk + passed} bytes are no MP3`)
  if (decoded < expected / 2 && expected > 4 * frameSamples(first))
    throw damagedFile(bytes.path, `${expected - decoded} of its ${expected} samples cannot be decoded`)
}

async function firstFrame(bytes: SoundBytes, at: number): Promise<Uint8Array> {
  for await (const frame of mpegFrames(bytes, at, () => {})) return frame.bytes
  throw truncatedFile(bytes.path, 'within its first frame')
}

async function* inBatches(frames: AsyncIterable<Frame>): AsyncGenerator<Frame[]> {
  let batch: Frame[] = []
  let length = 0
  for await (const frame of frames) {
    batch.push(frame)
    length += frame.bytes.length
    if (length < BATCH_BYTES) continue
    yield batch
    batch = []
    length = 0
  }
  if (batch.length > 0) yield batch
}

function concatenated(frames: readonly Frame[]): Uint8Array {
  return new Uint8Array(Buffer.concat(frames.map(({ bytes }) => bytes)))
}
