import { truncatedFile } from './errors.ts'
import type { FileBytes } from './file-bytes.ts'
import type { SoundBlock } from './sound-block.ts'
import { readWavHeader } from './wav-header.ts'

/** WAV, RF64 and BW64 with PCM or float samples. */
export async function* decodeWav(bytes: FileBytes): AsyncGenerator<SoundBlock> {
  const { dataStart, dataBytes, sampleRate, channels, sampleBytes, readSample } = await readWavHeader(bytes)
  const available = bytes.total - dataStart
  if (dataBytes !== null && dataBytes > available)
    throw truncatedFile(bytes.path, `${available} of ${dataBytes} bytes of sound`)
  const frameBytes = channels * sampleBytes
  let rest = new Uint8Array(0)
  for await (const chunk of bytes.chunks(dataStart, dataStart + (dataBytes ?? available))) {
    const whole = rest.length === 0 ? chunk : new Uint8Array(Buffer.concat([rest, chunk]))
    const frames = Math.floor(whole.length / frameBytes)
    const view = new DataView(whole.buffer, whole.byteOffset, whole.length)
    const block = Array.from({ length: channels }, () => new Float32Array(frames))
    for (let frame = 0, at = 0; frame < frames; frame++)
      for (let channel = 0; channel < channels; channel++, at += sampleBytes)
        block[channel][frame] = readSample(view, at)
    rest = whole.slice(frames * frameBytes)
    yield { sampleRate, channelCount: channels, channels: block }
  }
}
