import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type AudioFile, openAudioFile } from '../../src/audio-file/index.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures')

interface Expected {
  file: string
  codec: string
  rate: number
  channels: number
  seconds: number
  /** Largest difference from the tones that were encoded. */
  tolerance: number
}

const FILES: Expected[] = [
  { file: 'pcm8-mono-8000.wav', codec: 'wav', rate: 8000, channels: 1, seconds: 0.1, tolerance: 0.005 },
  { file: 'pcm16-stereo-44100.wav', codec: 'wav', rate: 44100, channels: 2, seconds: 0.1, tolerance: 4e-5 },
  { file: 'pcm24-stereo-16000.wav', codec: 'wav', rate: 16000, channels: 2, seconds: 0.1, tolerance: 1e-6 },
  { file: 'pcm32-stereo-16000.wav', codec: 'wav', rate: 16000, channels: 2, seconds: 0.1, tolerance: 1e-7 },
  { file: 'pcm16-six-16000.wav', codec: 'wav', rate: 16000, channels: 6, seconds: 0.1, tolerance: 4e-5 },
  { file: 'float32-stereo-16000.wav', codec: 'wav', rate: 16000, channels: 2, seconds: 0.1, tolerance: 1e-7 },
  { file: 'float64-stereo-16000.wav', codec: 'wav', rate: 16000, channels: 2, seconds: 0.1, tolerance: 1e-7 },
  { file: 'mulaw-stereo-16000.wav', codec: 'wav', rate: 16000, channels: 2, seconds: 0.1, tolerance: 0.017 },
  { file: 'stereo-44100.flac', codec: 'flac', rate: 44100, channels: 2, seconds: 0.5, tolerance: 4e-5 },
  { file: 'stereo-44100.oga', codec: 'flac', rate: 44100, channels: 2, seconds: 0.5, tolerance: 4e-5 },
  { file: 'stereo-44100.ogg', codec: 'vorbis', rate: 44100, channels: 2, seconds: 0.5, tolerance: 0.03 },
  { file: 'stereo-48000.opus', codec: 'opus', rate: 48000, channels: 2, seconds: 1.5, tolerance: 0.03 },
  { file: 'stereo-44100.mp3', codec: 'mp3', rate: 44100, channels: 2, seconds: 0.5, tolerance: 0.03 },
  { file: 'mono-16000.mp3', codec: 'mp3', rate: 16000, channels: 1, seconds: 0.5, tolerance: 0.03 },
]

/** What make.sh had encoded, mixed: half-scale sines, the first two channels of their own. */
function tones({ rate, channels, seconds }: Expected): Float32Array {
  const frequencies = [440, 1000, 2000, 2000, 2000, 2000].slice(0, channels)
  return Float32Array.from({ length: Math.round(rate * seconds) }, (_, i) => {
    const sines = frequencies.map((frequency) => Math.sin((2 * Math.PI * frequency * i) / rate))
    return (0.5 * sines.reduce((sum, sine) => sum + sine, 0)) / channels
  })
}

async function readAll({ blocks }: AudioFile): Promise<Float32Array> {
  const samples: number[] = []
  for await (const block of blocks) samples.push(...block)
  return Float32Array.from(samples)
}

describe.each(FILES)('$file', (expected) => {
  it('decodes to the tones that were encoded, no sample more or less', async () => {
    const file = await openAudioFile(join(FIXTURES, expected.file))
    expect(file).toMatchObject({
      codec: expected.codec,
      sampleRate: expected.rate,
      channels: expected.channels,
    })
    const samples = await readAll(file)
    const truth = tones(expected)
    expect(samples.length).toBe(truth.length)
    const error = samples.reduce((most, v, i) => Math.max(most, Math.abs(v - truth[i])), 0)
    expect(error).toBeLessThan(expected.tolerance)
    expect(file.bytesRead()).toBe(file.bytesTotal)
  })
})

it('closes the file when the reader leaves early', async () => {
  const { blocks } = await openAudioFile(join(FIXTURES, 'stereo-44100.flac'))
  for await (const block of blocks) {
    expect(block.length).toBeGreaterThan(0)
    break
  }
  expect(await readAll({ blocks } as AudioFile)).toHaveLength(0)
})
