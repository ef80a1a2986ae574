import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeWav, type WavFormat } from '../../src/audio/encode-wav.ts'
import { Recording } from '../../src/audio/recording.ts'
import { openAudioFile } from '../../src/audio-file/index.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leaf-recording-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The samples of a WAV file as our own reader finds them. */
async function decoded(wav: Uint8Array): Promise<{ sampleRate: number; samples: number[] }> {
  const path = join(folder, 'sound.wav')
  await writeFile(path, wav)
  const { sampleRate, blocks } = await openAudioFile(path)
  const samples: number[] = []
  // Reading takes the mean of the channels, which knows no negative zero.
  for await (const block of blocks) for (const sample of block) samples.push(sample + 0)
  return { sampleRate, samples }
}

const sounds = fc.float32Array({ minLength: 1, maxLength: 300, noNaN: true, min: -1, max: 1 })

describe('a WAV file', () => {
  it('of floats holds the samples bit for bit', async () => {
    await fc.assert(
      fc.asyncProperty(sounds, async (samples) => {
        expect(await decoded(encodeWav(samples, 44100, 'float32'))).toEqual({
          sampleRate: 44100,
          samples: [...samples].map((sample) => sample + 0),
        })
      }),
      { numRuns: 50 },
    )
  })

  it('of 16 bits is off by half a step at most, but for full scale', async () => {
    await fc.assert(
      fc.asyncProperty(sounds, async (samples) => {
        const { samples: read } = await decoded(encodeWav(samples, 48000, 'int16'))
        expect(read.length).toBe(samples.length)
        read.forEach((sample, i) => {
          const wanted = Math.min(samples[i], 32767 / 32768)
          expect(Math.abs(sample - wanted)).toBeLessThanOrEqual(0.5 / 32768)
        })
      }),
      { numRuns: 50 },
    )
  })

  it('cuts what is beyond full scale instead of wrapping it around', async () => {
    const { samples } = await decoded(encodeWav(Float32Array.of(1.5, -1.5, 1, -1), 8000, 'int16'))
    expect(samples).toEqual([32767 / 32768, -1, 32767 / 32768, -1])
  })

  it.each<[WavFormat, string]>([
    [
      'int16',
      '524946463600000057415645666d74201200000001000100803e0000007d000002001000000066616374040000000200000064617461040000000040ff7f',
    ],
    [
      'float32',
      '524946463a00000057415645666d74201200000003000100803e000000fa000004002000000066616374040000000200000064617461080000000000003f0000803f',
    ],
  ])('has the header of its format: %s', async (format, golden) => {
    const bytes = encodeWav(Float32Array.of(0.5, 1), 16000, format)
    const hex = Buffer.from(bytes).toString('hex')
    expect(hex).toBe(golden)
  })
})

describe('the events of a recording', () => {
  const recording = new Recording(new Float32Array(80_000), 16000, 100)

  it('are told from its beginning, cut to it, and left out where they do not sound in it', () => {
    const events = [
      { label: 'before', start: 98, end: 100, confidence: 0.5 },
      { label: 'across its beginning', start: 99, end: 101.5, confidence: 0.6 },
      { label: 'within', start: 102, end: 103, confidence: 0.7 },
      { label: 'running', start: 104, confidence: 0.8 },
      { label: 'after', start: 105, confidence: 0.9 },
    ]
    expect(recording.eventsWithin(events)).toEqual([
      { label: 'across its beginning', start: 0, end: 1.5, confidence: 0.6 },
      { label: 'within', start: 2, end: 3, confidence: 0.7 },
      { label: 'running', start: 4, end: 5, confidence: 0.8 },
    ])
  })

  it('become JSON with the length of the sound', () => {
    const events = [{ head: 'place', label: 'hall', start: 101, end: 102, confidence: 0.75 }]
    expect(JSON.parse(recording.eventsToJSON(events))).toEqual({
      sampleRate: 16000,
      duration: 5,
      events: [{ head: 'place', label: 'hall', start: 1, end: 2, confidence: 0.75 }],
    })
  })
})
