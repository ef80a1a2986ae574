import { describe, expect, it } from 'vitest'
import { fixture, joined, readSound } from './read-sound.ts'

const VORBIS = fixture('stereo-44100.ogg')
const OPUS = fixture('stereo-48000.opus')
const FLAC = fixture('stereo-44100.oga')

/** Where each page begins. */
function pages(file: Buffer): Buffer[] {
  const starts: number[] = []
  for (let at = file.indexOf('OggS'); at >= 0; at = file.indexOf('OggS', at + 4)) starts.push(at)
  return starts.map((start, i) => file.subarray(start, starts[i + 1] ?? file.length))
}

describe.each([
  ['Vorbis', VORBIS],
  ['Opus', OPUS],
  ['FLAC', FLAC],
])('%s', (_, link) => {
  it.each([2, 4])('of %i links is each of them, one after the other', async (count) => {
    const { samples } = await readSound(link)
    const chain = await readSound(Buffer.concat(new Array(count).fill(link)))
    expect(chain.samples).toEqual(joined(new Array(count).fill(samples)))
  })

  it('with another codec of its rate in between', async () => {
    const other = link === FLAC ? VORBIS : FLAC
    const chain = readSound(Buffer.concat([link, other, link]))
    if (link === OPUS) await expect(chain).rejects.toThrow(/changes from 48000 to 44100 Hz on its way/)
    else {
      const [one, two] = [await readSound(link), await readSound(other)]
      expect((await chain).samples).toEqual(joined([one.samples, two.samples, one.samples]))
    }
  })

  it('without a page in the middle is damaged, not shorter', async () => {
    const parts = pages(link)
    const gap = Buffer.concat(parts.filter((_page, i) => i !== parts.length - 2))
    if (parts.length > 4) await expect(readSound(gap)).rejects.toThrow(/a page is damaged or missing/)
    else expect(parts.length).toBeGreaterThan(2)
  })

  it('with a bit turned over in a page of sound is damaged', async () => {
    const spoilt = Buffer.from(Buffer.concat([link, link]))
    spoilt[link.length - 40] ^= 4
    await expect(readSound(spoilt)).rejects.toThrow(/damaged/)
  })

  it('with junk between and behind its links', async () => {
    const { samples } = await readSound(link)
    const file = Buffer.concat([link, Buffer.alloc(700, 'Og'), link, Buffer.alloc(999)])
    expect((await readSound(file)).samples).toEqual(joined([samples, samples]))
  })

  it('is heard beside a stream of another kind', async () => {
    const { samples } = await readSound(link)
    // The first page of the other chain is that of a codec nobody reads here, with a number of its own.
    const [head, ...rest] = pages(link)
    const theora = page('\x80theora\x03\x02\x01', 77)
    const file = Buffer.concat([theora, head, ...rest])
    expect((await readSound(file)).samples).toEqual(samples)
  })
})

/** A first page that holds one packet. */
function page(packet: string, serial: number): Buffer {
  const head = Buffer.alloc(28)
  head.write('OggS\0\x02', 'latin1')
  head.writeUInt32LE(serial, 14)
  head[26] = 1
  head[27] = packet.length
  const whole = Buffer.concat([head, Buffer.from(packet, 'latin1')])
  let crc = 0
  for (const byte of whole) {
    crc ^= byte << 24
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  }
  whole.writeInt32LE(crc | 0, 22)
  return whole
}

it.each([
  ['Speex   1.2.0', 'Speex'],
  ['\x80theora\x03\x02\x01', 'Theora'],
  ['fishead\0', 'Skeleton'],
  ['what is this', 'an unknown codec'],
])('%j alone is named', async (packet, name) => {
  await expect(readSound(page(packet, 1))).rejects.toThrow(
    new RegExp(`Ogg with neither Vorbis, Opus nor FLAC first in it, but ${name}`),
  )
})
