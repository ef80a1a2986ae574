import { describe, expect, it } from 'vitest'
import { difference, readSound } from './read-sound.ts'
import { chunk, format, wavOf } from './wav-bytes.ts'

const COUNT = 3000
const sound = Float64Array.from(
  { length: COUNT },
  (_, i) => 0.61 * Math.sin(i / 7) * Math.sin(i / 900) + 0.1 * Math.sin(i * i),
)

/** PCM of so many bits in so many bytes, at the left or right end. */
function pcm(bits: number, bytes: number, end: 'left' | 'right'): Buffer {
  const data = Buffer.alloc(COUNT * bytes)
  sound.forEach((value, i) => {
    let left = BigInt(Math.round(value * 2 ** (bits - 1)))
    if (end === 'left') left <<= BigInt(8 * bytes - bits)
    if (bytes === 1) left += 128n
    for (let byte = 0; byte < bytes; byte++)
      data[i * bytes + byte] = Number((left >> BigInt(8 * byte)) & 255n)
  })
  return data
}

function header(bits: number, blockAlign: number, coding = 1): Buffer {
  const content = format(coding, 1, 16000, 16)
  content.writeUInt16LE(bits, 14)
  content.writeUInt16LE(blockAlign, 12)
  return chunk('fmt ', content)
}

function extensible(bits: number, valid: number): Buffer {
  const content = Buffer.concat([format(0xfffe, 1, 16000, bits), Buffer.alloc(24)])
  content.writeUInt16LE(22, 16)
  content.writeUInt16LE(valid, 18)
  content.writeUInt16LE(1, 24)
  return chunk('fmt ', content)
}

describe('samples in their containers', () => {
  const forms = [8, 12, 16, 20, 24, 32, 40, 48, 56].flatMap((bits) =>
    [1, 2, 3, 4, 5, 6, 7, 8]
      // 8 bits in 8 bytes is what writers leave that count a frame in bits.
      .filter((bytes) => 8 * bytes >= bits && !(bits === 8 && bytes === 8))
      .flatMap((bytes) =>
        (['left', 'right'] as const)
          .filter((end) => end === 'left' || (8 * bytes > bits && bytes > 1))
          .map((end) => [bits, bytes, end] as const),
      ),
  )
  it.each(forms)('%i bits in %i bytes at the %s', async (bits, bytes, end) => {
    const { samples } = await readSound(wavOf(header(bits, bytes), chunk('data', pcm(bits, bytes, end))))
    expect(samples).toHaveLength(COUNT)
    expect(difference(samples, Float32Array.from(sound))).toBeLessThanOrEqual(0.5 / 2 ** (bits - 1) + 6e-8)
  })

  const valid = [
    [24, 20],
    [32, 24],
    [32, 20],
    [16, 12],
    [64, 24],
  ].flatMap(([bits, valid]) => (['left', 'right'] as const).map((end) => [bits, valid, end] as const))
  it.each(valid)(
    'WAVE_FORMAT_EXTENSIBLE: a container of %i bits, of which %i are valid, at the %s',
    async (bits, valid, end) => {
      const { samples } = await readSound(
        wavOf(extensible(bits, valid), chunk('data', pcm(valid, bits / 8, end))),
      )
      expect(difference(samples, Float32Array.from(sound))).toBeLessThanOrEqual(0.5 / 2 ** (valid - 1) + 6e-8)
    },
  )

  it('silence before the sound does not decide the end', async () => {
    const data = Buffer.concat([Buffer.alloc(4 * 50_000), pcm(24, 4, 'right')])
    const { samples } = await readSound(wavOf(header(24, 4), chunk('data', data)))
    expect(difference(samples.subarray(50_000), Float32Array.from(sound))).toBeLessThan(1e-7)
  })

  // Converters fill the bits below with whatever they have.
  it.each([
    [20, 3],
    [24, 4],
    [12, 2],
  ])('%i bits in %i bytes at the left, with bits set below them, quiet first', async (bits, bytes) => {
    const data = Buffer.concat([Buffer.alloc(60_000), pcm(bits, bytes, 'left')])
    for (let at = 0; at < data.length; at += bytes) data[at] |= 1
    const { samples } = await readSound(wavOf(header(bits, bytes), chunk('data', data)))
    const heard = samples.subarray(60_000 / bytes)
    expect(difference(heard, Float32Array.from(sound))).toBeLessThanOrEqual(1 / 2 ** (bits - 1) + 6e-8)
  })

  it.each([16, 0])('of 16 bits with a block align of %i, in bits or left out', async (blockAlign) => {
    const { samples } = await readSound(wavOf(header(16, blockAlign), chunk('data', pcm(16, 2, 'left'))))
    expect(difference(samples, Float32Array.from(sound))).toBeLessThan(2e-5)
  })

  it.each([
    [24, 2],
    [16, 1],
    [16, 9],
    [0, 2],
  ])('%i bits in %i bytes are refused', async (bits, blockAlign) => {
    await expect(
      readSound(wavOf(header(bits, blockAlign), chunk('data', Buffer.alloc(900)))),
    ).rejects.toThrow(/WAV of coding 1 with .* bits in frames of .* bytes/)
  })
})

describe('G.711', () => {
  // Values of ITU-T G.191: the ends of segments, in 16 bits.
  it.each([
    ['A-law', 6, [0xd5, 0x55, 0xaa, 0x2a, 0x80, 0x00], [8, -8, 32256, -32256, 5504, -5504]],
    ['mu-law', 7, [0xff, 0x7f, 0x80, 0x00, 0xef, 0x6f], [0, 0, 32124, -32124, 132, -132]],
  ])('%s is read', async (_, coding, codes, values) => {
    const file = wavOf(header(8, 1, coding), chunk('data', Uint8Array.from(codes)))
    expect([...(await readSound(file)).samples].map((value) => value * 32768)).toEqual(
      values.map((v) => v + 0),
    )
  })
})

describe('a size that the writer could not know', () => {
  const fmt = chunk('fmt ', format(1, 1, 16000, 16))
  const data = pcm(16, 2, 'left')
  it.each([0, 0xffffffff, 0xffffffff - 36, 0x80000000, 0x7fffffff])(
    '%i: to the end of the file',
    async (size) => {
      const { samples } = await readSound(wavOf(fmt, chunk('data', data, size)))
      expect(samples).toHaveLength(COUNT)
    },
  )

  it.each([0n, 2n ** 64n - 1n])('%i in the ds64 chunk of RF64', async (size) => {
    const sizes = Buffer.alloc(28)
    sizes.writeBigUInt64LE(size, 8)
    const file = wavOf(chunk('ds64', sizes), fmt, chunk('data', data, 0xffffffff))
    file.write('RF64', 'latin1')
    expect((await readSound(file)).samples).toHaveLength(COUNT)
  })

  it('0 before nothing but chunks is no sound', async () => {
    const file = wavOf(
      fmt,
      chunk('data', Buffer.alloc(0)),
      chunk('LIST', Buffer.alloc(30)),
      chunk('id3 ', data),
    )
    await expect(readSound(file)).rejects.toThrow(/holds no sound/)
  })

  it('more than there is means that the file is cut off; less is what the writer says', async () => {
    await expect(readSound(wavOf(fmt, chunk('data', data, data.length + 16)))).rejects.toThrow(/cut off/)
    expect((await readSound(wavOf(fmt, chunk('data', data, 1000)))).samples).toHaveLength(500)
  })
})

describe('chunks', () => {
  const fmt = chunk('fmt ', format(1, 1, 16000, 16))
  const data = chunk('data', pcm(16, 2, 'left'))
  it.each([
    ['of odd length without padding', wavOf(chunk('LIST', Buffer.alloc(33, 1)).subarray(0, 41), fmt, data)],
    ['with the sound before its format', wavOf(data, fmt)],
    ['of junk', wavOf(chunk('JUNK', Buffer.alloc(4000)), fmt, chunk('FLLR', Buffer.alloc(4044)), data)],
  ])('%s', async (_, file) => {
    expect((await readSound(file)).samples).toHaveLength(COUNT)
  })

  it('without end are refused at once', async () => {
    const empty = Buffer.alloc(8 * 2_000_000)
    for (let at = 0; at < empty.length; at += 8) empty.write('JUNK', at, 'latin1')
    await expect(readSound(wavOf(empty, fmt, data))).rejects.toThrow(/more than 10000 chunks/)
  })

  it('of 65,535 channels are mixed as they come', async () => {
    const channels = 65535
    const content = format(1, channels, 16000, 8)
    content.writeUInt16LE(0, 12)
    const frames = Buffer.alloc(channels * 40, 128)
    for (let frame = 0; frame < 40; frame++)
      frames.fill(128 + frame, frame * channels, (frame + 1) * channels)
    const file = await readSound(wavOf(chunk('fmt ', content), chunk('data', frames)))
    expect(file.channels).toBe(channels)
    expect([...file.samples]).toEqual(Array.from({ length: 40 }, (_, frame) => frame / 128))
  })
})

describe('sample rates', () => {
  const wav = (rate: number) => wavOf(chunk('fmt ', format(1, 1, rate, 16)), chunk('data', Buffer.alloc(200)))
  it.each([1000, 4000, 7999, 250_000, 767_999, 768_000])('%i Hz is read', async (rate) => {
    expect((await readSound(wav(rate))).sampleRate).toBe(rate)
  })

  it.each([1, 999, 768_001, 2_000_000_000])('%i Hz is refused by the name of the file', async (rate) => {
    await expect(readSound(wav(rate))).rejects.toThrow(
      new RegExp(`sound: the file has a sample rate of ${rate} Hz, outside 1000 to 768000`),
    )
  })
})
