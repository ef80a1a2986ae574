import { beforeAll, describe, expect, it } from 'vitest'
import { fixture, readSound } from './read-sound.ts'
import { apev2, id3v1, id3v1Enhanced, id3v2, lyrics3, oldLyrics3 } from './tag-bytes.ts'

const SOUNDS = [
  'pcm16-stereo-44100.wav',
  'stereo-44100.flac',
  'stereo-44100.oga',
  'stereo-44100.ogg',
  'stereo-48000.opus',
  'stereo-44100.mp3',
]

const AROUND: [string, Buffer, Buffer][] = [
  ['an ID3v2 tag in front', id3v2({ size: 300 }), Buffer.alloc(0)],
  ['a picture of 70 kB in front', id3v2({ size: 70_000 }), Buffer.alloc(0)],
  ['two ID3v2 tags in front', Buffer.concat([id3v2({ size: 10 }), id3v2({ size: 200 })]), Buffer.alloc(0)],
  ['an ID3v2 tag with a footer in front', id3v2({ size: 50, footer: true }), Buffer.alloc(0)],
  ['an ID3v2 tag whose size has eight bits a byte', id3v2({ size: 300, plain: true }), Buffer.alloc(0)],
  ['zeros after its tag', Buffer.concat([id3v2({ size: 40 }), Buffer.alloc(2000)]), Buffer.alloc(0)],
  ['zeros in front', Buffer.alloc(5000), Buffer.alloc(0)],
  ['zeros before a tag', Buffer.concat([Buffer.alloc(511), id3v2({ size: 40 })]), Buffer.alloc(0)],
  ['an APEv2 tag in front', apev2(true), Buffer.alloc(0)],
  ['an ID3v1 tag behind', Buffer.alloc(0), id3v1()],
  ['an enhanced ID3v1 tag behind', Buffer.alloc(0), id3v1Enhanced()],
  ['an APEv2 tag behind', Buffer.alloc(0), apev2(false)],
  ['an APEv2 tag with a header behind', Buffer.alloc(0), apev2(true)],
  ['an ID3v2 tag behind', Buffer.alloc(0), id3v2({ size: 80, footer: true })],
  ['lyrics and an ID3v1 tag behind', Buffer.alloc(0), Buffer.concat([lyrics3(), id3v1()])],
  ['old lyrics and an ID3v1 tag behind', Buffer.alloc(0), Buffer.concat([oldLyrics3(), id3v1()])],
  [
    'every tag there is',
    Buffer.concat([id3v2({ size: 129 }), id3v2({ size: 20_000 })]),
    Buffer.concat([apev2(true), lyrics3(), id3v1()]),
  ],
]

describe.each(SOUNDS)('%s', (name) => {
  let plain: Awaited<ReturnType<typeof readSound>>
  beforeAll(async () => {
    plain = await readSound(fixture(name))
  })

  it.each(AROUND)('with %s is the same sound', async (_, front, behind) => {
    const tagged = await readSound(Buffer.concat([front, fixture(name), behind]))
    expect(tagged).toMatchObject({
      codec: plain.codec,
      sampleRate: plain.sampleRate,
      channels: plain.channels,
    })
    expect(tagged.samples).toEqual(plain.samples)
    expect(tagged.bytesRead()).toBe(tagged.bytesTotal)
  })
})

describe('what an ID3v2 tag hides', () => {
  it.each([
    ['Wave64', 'riff\x2e\x91\xcf\x11', /is Wave64/],
    ['WavPack', 'wvpk', /is WavPack/],
    ['nothing', 'some words that are no sound', /not an audio file/],
  ])('%s is named', async (_, mark, sentence) => {
    const bytes = Buffer.concat([id3v2({ size: 60 }), Buffer.from(mark, 'latin1'), Buffer.alloc(500)])
    await expect(readSound(bytes)).rejects.toThrow(sentence)
  })
})
