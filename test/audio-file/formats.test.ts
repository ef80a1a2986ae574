import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rateOf } from '../../src/audio-file/flac-frame-header.ts'
import { LeafError } from '../../src/error.ts'
import { difference, fixture, readSound } from './read-sound.ts'
import { id3v2 } from './tag-bytes.ts'
import { chunk, format, wavOf } from './wav-bytes.ts'

const MP3 = fixture('mono-16000.mp3')

/** Frames of MPEG audio that hold nothing: silence, whatever the layer. */
function frames(header: number, length: number, count: number): Buffer {
  const frame = Buffer.alloc(length)
  frame.writeUInt32BE(header, 0)
  return Buffer.concat(new Array(count).fill(frame))
}

const LAYER2 = frames(0xfffd8004, 417, 20)

describe('a format that is not read is named, with what to do', () => {
  it.each([
    [
      'ADTS AAC',
      frames(0xfff15080, 100, 8).map((byte, i) => (i % 100 === 4 ? 12 : i % 100 === 5 ? 0x80 : byte)),
      'ADTS AAC',
    ],
    ['MPEG layer II', LAYER2, 'MPEG audio of layer II'],
    ['MPEG layer I', frames(0xffff8004, 276, 20), 'MPEG audio of layer I'],
    ['free-format MP3', frames(0xfffb0000, 700, 9), 'MP3 of free format'],
    ['Wave64', mark('riff\x2e\x91\xcf\x11'), 'Wave64'],
    ['WavPack', mark('wvpk'), 'WavPack'],
    ['AIFF', mark('FORM\0\0\0\x10AIFF'), 'AIFF'],
    ['AIFF-C', mark('FORM\0\0\0\x10AIFC'), 'AIFF-C'],
    ['CAF', mark('caff\0\x01'), 'Core Audio'],
    ['AU', mark('.snd'), 'Sun audio'],
    ['AMR', mark('#!AMR\n'), 'AMR'],
    ['MIDI', mark('MThd\0\0\0\x06'), 'MIDI'],
    ['MP4', mark('\0\0\0\x20ftypisom'), 'MPEG-4'],
    ['WMA', mark('\x30\x26\xb2\x75\x8e\x66\xcf\x11'), 'Windows Media'],
    ['Matroska', mark('\x1a\x45\xdf\xa3'), 'Matroska or WebM'],
    ['DSD', mark('DSD \x1c'), 'DSD'],
    ["Monkey's Audio", mark('MAC \x96\x0f'), "Monkey's Audio"],
    ['Musepack', mark('MPCK'), 'Musepack'],
    ['TTA', mark('TTA1'), 'TTA'],
    ['AVI', mark('RIFF\0\0\0\x10AVI LIST'), 'AVI'],
    ['RIFX', mark('RIFX\0\0\0\x10WAVEfmt '), 'RIFX'],
    ['a Git LFS pointer', mark('version https://git-lfs.github.com/spec/v1\noid'), 'a Git LFS pointer'],
  ])('%s', async (_, bytes, name) => {
    await expect(readSound(Buffer.from(bytes))).rejects.toThrow(
      new RegExp(`sound: the file is ${name}.*Convert it to WAV`),
    )
  })

  it('a web page', async () => {
    await expect(readSound(Buffer.from('\n<!DOCTYPE html><html>'))).rejects.toThrow(
      /no.* audio file, but a web page/,
    )
  })

  it.each([
    [2, 4, 'Microsoft ADPCM'],
    [0x11, 4, 'IMA ADPCM'],
    [0x55, 0, 'MP3'],
    [0x31, 0, 'GSM 6.10'],
    [0x161, 16, 'Windows Media'],
  ])('WAV of coding %i', async (coding, bits, name) => {
    const file = wavOf(chunk('fmt ', format(coding, 1, 16000, bits)), chunk('data', Buffer.alloc(400)))
    await expect(readSound(file)).rejects.toThrow(`is WAV of coding ${coding} with ${bits} bits (${name}).`)
  })

  it('FLAC of 32 bits', async () => {
    const flac = Buffer.from(fixture('stereo-44100.flac'))
    // STREAMINFO: the depth less one has its high bit at the end of byte 20 and the rest in byte 21.
    flac[20] |= 1
    flac[21] |= 0xf0
    await expect(readSound(flac)).rejects.toThrow(/is FLAC of 32 bits/)
  })
})

describe('the rate of FLAC', () => {
  it('is that of its frames where the stream, which no checksum guards, says another', async () => {
    const flac = Buffer.from(fixture('stereo-44100.flac'))
    const { sampleRate, samples } = await readSound(flac)
    // STREAMINFO: 20 bits from byte 18 on.
    flac[18] ^= 0x10
    expect(await readSound(flac)).toMatchObject({ sampleRate, samples })
  })

  it.each([
    ['a code', [0xff, 0xf8, 0xc9, 0x18, 0x00], 44100],
    ['kHz', [0xff, 0xf8, 0xcc, 0x18, 0x00, 7], 7000],
    ['Hz', [0xff, 0xf8, 0xcd, 0x18, 0x00, 0x2b, 0x11], 11025],
    [
      'tens of Hz, behind a long number and a size',
      [0xff, 0xf8, 0x7e, 0x18, 0xe0, 0xa0, 0x80, 0x0f, 0xff, 0x22, 0x74],
      88200,
    ],
    ['nothing of its own', [0xff, 0xf8, 0xc0, 0x18, 0x00], null],
  ])('is read from a frame as %s', (_, header, rate) => {
    expect(rateOf(Uint8Array.from(header))).toBe(rate)
  })
})

function mark(text: string): Buffer {
  return Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(600)])
}

describe('MP3', () => {
  it.each([
    ['zeros', Buffer.alloc(5000)],
    ['100 kB of words', Buffer.alloc(100_000, 'some words ')],
    ['false sync words', Buffer.alloc(3000, Buffer.from([0xff, 0xfb, 0x90, 0x00, 1, 2, 3]))],
    ['a tag and zeros', Buffer.concat([id3v2({ size: 90 }), Buffer.alloc(2000)])],
  ])('after %s is the same sound', async (_, junk) => {
    const { samples, channels } = await readSound(MP3)
    const after = await readSound(Buffer.concat([junk, MP3]))
    expect(after.channels).toBe(channels)
    expect(after.samples).toEqual(samples)
  })

  it('beyond the limit of junk is not looked for', async () => {
    await expect(readSound(Buffer.concat([Buffer.alloc(140_000), MP3]))).rejects.toThrow(/not an audio file/)
  })

  it('of layer II behind a tag of MP3 files is read', async () => {
    const { samples } = await readSound(Buffer.concat([id3v2({ size: 40 }), LAYER2]))
    expect(samples).toHaveLength(20 * 1152)
    expect(difference(samples, new Float32Array(samples.length))).toBeLessThan(1e-6)
  })

  it('of which most is something else is refused', async () => {
    const parts = Array.from({ length: 6 }, () =>
      Buffer.concat([MP3.subarray(0, 1152), Buffer.alloc(30_000, 'x')]),
    )
    await expect(readSound(Buffer.concat(parts))).rejects.toThrow(/of its .* bytes are no MP3|cut off/)
  })

  it('joined to another is read through, tags between them passed over', async () => {
    const one = await readSound(MP3)
    const two = await readSound(Buffer.concat([MP3, id3v2({ size: 700 }), MP3]))
    expect(two.samples.subarray(0, one.samples.length)).toEqual(one.samples)
    expect(two.samples.length).toBeGreaterThanOrEqual(2 * one.samples.length)
  })
})

describe('FLAC', () => {
  it('is as loud as the PCM it was made from: full scale is 2^(bits - 1)', async () => {
    const { samples } = await readSound(fixture('stereo-44100.flac'))
    const steps = samples.map((value) => value * 65536)
    expect(steps.every(Number.isInteger)).toBe(true)
  })

  it('with anything behind it is the same sound', async () => {
    const flac = fixture('stereo-44100.flac')
    const { samples } = await readSound(flac)
    for (const junk of [Buffer.alloc(500), Buffer.alloc(5000, 'junk'), flac.subarray(100, 140)])
      expect((await readSound(Buffer.concat([flac, junk]))).samples).toEqual(samples)
  })
})

describe('a damaged file', () => {
  let printed: unknown[]
  beforeEach(() => {
    printed = []
    for (const method of ['error', 'warn', 'log', 'info'] as const)
      vi.spyOn(console, method).mockImplementation((...words) => void printed.push(words))
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, 'write').mockImplementation((words) => !!printed.push(words))
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it.each([
    'stereo-44100.flac',
    'stereo-44100.oga',
    'stereo-44100.ogg',
    'stereo-48000.opus',
    'stereo-44100.mp3',
  ])('%s is one LeafError or a sound, prints nothing, and the next file is right', async (name) => {
    const whole = await readSound(fixture(name))
    let state = 5
    const random = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0
      return (state >>> 8) % below
    }
    let refused = 0
    for (let turn = 0; turn < 20; turn++) {
      const spoilt = fixture(name)
      for (let i = 0; i < 12; i++) spoilt[random(spoilt.length)] = random(256)
      const outcome = await readSound(spoilt).catch((error: unknown) => error)
      if (!(outcome instanceof Error)) continue
      refused++
      expect(outcome).toBeInstanceOf(LeafError)
    }
    expect(printed).toEqual([])
    expect(refused > 0 || name.endsWith('mp3')).toBe(true)
    expect((await readSound(fixture(name))).samples).toEqual(whole.samples)
  })
})
