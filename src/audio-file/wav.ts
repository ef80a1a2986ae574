import { truncatedFile } from './errors.ts'
import type { SoundBlock } from './sound-block.ts'
import type { SoundBytes } from './sound-bytes.ts'
import { readWavHeader, type WavHeader } from './wav-header.ts'
import { endOf, type SampleReader, sampleReader } from './wav-samples.ts'

/** Samples of all channels that are read at once. */
const BLOCK_BYTES = 16384

/** WAV, RF64 and BW64 with PCM, float, A-law or mu-law samples. */
export async function* decodeWav(bytes: SoundBytes): AsyncGenerator<SoundBlock> {
  const header = await readWavHeader(bytes)
  const { dataStart, dataBytes, format } = header
  const available = bytes.end - dataStart
  if (dataBytes !== null && dataBytes > available)
    throw truncatedFile(bytes.path, `${available} of ${dataBytes} bytes of sound`)
  const { channels, sampleRate } = format
  const read = sampleReader(format, await areRightAligned(bytes, header))
  for await (const view of frameBlocks(bytes, header))
    yield { sampleRate, channelCount: channels, channels: mixedBlock(view, read, channels, format.container) }
}

/** The sound in blocks of whole frames. */
async function* frameBlocks(
  bytes: SoundBytes,
  { dataStart, dataBytes, format }: WavHeader,
): AsyncGenerator<DataView> {
  const frame = format.channels * format.container
  const atOnce = Math.max(1, Math.floor(BLOCK_BYTES / frame)) * frame
  const end = dataBytes === null ? bytes.end : dataStart + dataBytes
  for (let at = dataStart; at + frame <= end; at += atOnce) {
    const block = await bytes.at(at, Math.min(atOnce, end - at))
    if (block.length < frame) return
    yield new DataView(block.buffer, block.byteOffset, block.length - (block.length % frame))
  }
}

/** The mean of the channels, each first rounded to float32 as every decoder hands them out. */
function mixedBlock(view: DataView, read: SampleReader, channels: number, container: number): Float32Array[] {
  const mono = new Float32Array(view.byteLength / (channels * container))
  for (let frame = 0, at = 0; frame < mono.length; frame++) {
    let sum = 0
    for (let channel = 0; channel < channels; channel++, at += container) sum += Math.fround(read(view, at))
    mono[frame] = channels === 1 ? sum : sum / channels
  }
  return [mono]
}

/** Looks through the sound, up to the first sample that cannot lie at the right. */
async function areRightAligned(bytes: SoundBytes, header: WavHeader): Promise<boolean> {
  const { coding, bits, container } = header.format
  if (coding !== 'pcm' || container === 1 || bits === 8 * container) return false
  let isRight = false
  for await (const view of frameBlocks(bytes, header)) {
    const end = endOf(view, header.format)
    isRight = end !== 'left' && (isRight || end === 'right')
    if (end === 'left') break
  }
  bytes.restart()
  return isRight
}
