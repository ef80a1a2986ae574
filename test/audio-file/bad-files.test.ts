import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAudioFile } from '../../src/audio-file/index.ts'
import { LeafError } from '../../src/error.ts'
import { chunk, floatWav, format, wavOf } from './wav-bytes.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures')
const ENCODED = [
  'pcm16-stereo-44100.wav',
  'stereo-44100.flac',
  'stereo-44100.oga',
  'stereo-44100.ogg',
  'stereo-48000.opus',
  'stereo-44100.mp3',
]

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leaf-audio-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** The error of reading a file with these bytes to its end, or how many samples it had. */
async function outcome(name: string, bytes: Uint8Array): Promise<LeafError | number> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return readingOf(path)
}

async function readingOf(path: string): Promise<LeafError | number> {
  try {
    let count = 0
    for await (const block of (await openAudioFile(path)).blocks) count += block.length
    return count
  } catch (error) {
    if (!(error instanceof LeafError)) throw error
    expect(error.code).toBe('audio-file')
    expect(error.message).toContain(path)
    expect(error.remedy).toMatch(/^[A-Z].*\.$/)
    return error
  }
}

const saying = (pattern: RegExp) => expect.objectContaining({ message: expect.stringMatching(pattern) })

describe('a file that cannot be read', () => {
  it.each([
    ['missing.wav', /no such file/],
    ['', /this is a folder/],
  ])('%j', async (name, sentence) => {
    expect(await readingOf(join(folder, name))).toEqual(saying(sentence))
  })
})

describe('a file of another kind', () => {
  it.each([
    ['empty', Buffer.alloc(0), /holds no sound/],
    ['text', Buffer.from('Dear Sir or Madam,\n'), /not an audio file/],
    ['zeros', Buffer.alloc(5000), /not an audio file/],
    ['m4a', Buffer.from('\0\0\0\x20ftypM4A \0\0\0\0'), /is MPEG-4/],
    [
      'speex',
      Buffer.concat([Buffer.from('OggS'), Buffer.alloc(24), Buffer.from('Speex   ')]),
      /neither Vorbis, Opus nor FLAC/,
    ],
  ])('%s', async (name, bytes, sentence) => {
    expect(await outcome(name, bytes)).toEqual(saying(sentence))
  })

  it.each([['stereo-16000.aiff', /is AIFF/]])('%s', async (name, sentence) => {
    expect(await readingOf(join(FIXTURES, name))).toEqual(saying(sentence))
  })
})

describe.each(ENCODED)('%s', (name) => {
  it.each([0.3, 0.6, 0.95])('cut off after %d of it', async (share) => {
    const bytes = await readFile(join(FIXTURES, name))
    expect(await outcome(name, bytes.subarray(0, Math.floor(share * bytes.length)))).toEqual(
      saying(/cut off/),
    )
  })

  it.each([4, 12, 30, 45])('cut off after %i bytes', async (count) => {
    const bytes = await readFile(join(FIXTURES, name))
    expect(await outcome(name, bytes.subarray(0, count))).toBeInstanceOf(LeafError)
  })

  it('is read by content, whatever its name', async () => {
    expect(await outcome('recording.txt', await readFile(join(FIXTURES, name)))).toBeGreaterThan(4000)
  })
})

describe.each(['stereo-44100.flac', 'stereo-44100.ogg'])('%s', (name) => {
  it('damaged in the middle', async () => {
    const bytes = await readFile(join(FIXTURES, name))
    for (let i = 0; i < 600; i++) bytes[Math.floor(bytes.length * 0.6) + i] = (i * 7919) >> 3
    expect(await outcome(name, bytes)).toEqual(saying(/damaged|no sound that can be read/))
  })
})

describe('WAV headers', () => {
  const sound = chunk('data', Buffer.alloc(400))
  const pcm = chunk('fmt ', format(1, 1, 16000, 16))

  it('skips chunks it does not know, of odd length too', async () => {
    expect(
      await outcome(
        'a.wav',
        wavOf(chunk('LIST', Buffer.alloc(33)), pcm, chunk('bext', Buffer.alloc(9001)), sound),
      ),
    ).toBe(200)
  })

  it('reads to the end of the file where a pipe left the size open', async () => {
    expect(await outcome('a.wav', wavOf(pcm, chunk('data', Buffer.alloc(400), 0xffffffff)))).toBe(200)
  })

  it('takes the size of an RF64 file from its ds64 chunk', async () => {
    const sizes = Buffer.alloc(28)
    sizes.writeBigUInt64LE(300n, 8)
    const file = wavOf(chunk('ds64', sizes), pcm, chunk('data', Buffer.alloc(400), 0xffffffff))
    file.write('RF64', 'latin1')
    expect(await outcome('a.wav', file)).toBe(150)
  })

  it('gives every sample once across its blocks', async () => {
    const samples = Float32Array.from({ length: 50001 }, (_, i) => i / 65536)
    const path = join(folder, 'ramp.wav')
    await writeFile(path, floatWav(samples, 16000))
    let at = 0
    for await (const block of (await openAudioFile(path)).blocks)
      for (const v of block) expect(v).toBe(samples[at++])
    expect(at).toBe(samples.length)
  })

  it.each([
    ['no format', wavOf(sound), /no format before the sound/],
    ['no sound', wavOf(pcm), /before its sound begins/],
    ['no samples', wavOf(pcm, chunk('data', Buffer.alloc(0))), /holds no sound/],
    ['no channels', wavOf(chunk('fmt ', format(1, 0, 16000, 16)), sound), /0 channels/],
    ['20 bits', wavOf(chunk('fmt ', format(1, 1, 16000, 20)), sound), /coding 1 with 20 bits/],
    [
      'a cut format',
      wavOf(chunk('fmt ', format(1, 1, 16000, 16).subarray(0, 10)), sound),
      /within its header/,
    ],
  ])('%s is an error', async (_, bytes, sentence) => {
    expect(await outcome('a.wav', bytes)).toEqual(saying(sentence))
  })
})
