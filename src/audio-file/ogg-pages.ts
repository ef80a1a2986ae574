import type { SoundBytes } from './sound-bytes.ts'

const HEADER_BYTES = 27
const LARGEST_PAGE = HEADER_BYTES + 255 + 255 * 255
const CAPTURE = 0x4f676753 // "OggS"

const CONTINUED = 1
const FIRST = 2
const LAST = 4

/** A page of Ogg: RFC 3533. */
export interface OggPage {
  readonly serial: number
  /** Counts the pages of its stream. */
  readonly sequence: number
  /** Of what ends on the page, in the codec's own unit; null where nothing does. */
  readonly granule: bigint | null
  /** Begins with the rest of a packet from the page before. */
  readonly isContinued: boolean
  readonly isFirst: boolean
  readonly isLast: boolean
  /** Lengths of the pieces of packets; 255 goes on. */
  readonly lacing: Uint8Array
  readonly body: Uint8Array
  /** Whether a page before it is damaged, and left out. */
  readonly isAfterDamage: boolean
}

/** What is left of a file after its last whole page. */
export interface OggRest {
  readonly bytes: number
  /** Where the rest is a page that is cut off or damaged. */
  readonly isPage: boolean
}

/** Pages in order, those whose checksum is wrong left out; returns what follows the last. */
export async function* oggPages(bytes: SoundBytes): AsyncGenerator<OggPage, OggRest> {
  let junk = 0
  let isPage = false
  for (let at = bytes.start; at < bytes.end; ) {
    const region = await bytes.at(at, LARGEST_PAGE)
    const page = parsePage(region, isPage)
    if (page) {
      at += HEADER_BYTES + page.lacing.length + page.body.length
      junk = 0
      isPage = false
      yield page
      continue
    }
    isPage ||= isCapture(region, 0)
    const next = nextCapture(region)
    at += next
    junk += next
  }
  return { bytes: junk, isPage }
}

function parsePage(region: Uint8Array, isAfterDamage: boolean): OggPage | null {
  if (region.length < HEADER_BYTES || !isCapture(region, 0) || region[4] !== 0) return null
  const start = HEADER_BYTES + region[HEADER_BYTES - 1]
  if (region.length < start) return null
  const lacing = region.slice(HEADER_BYTES, start)
  const length = start + lacing.reduce((sum, piece) => sum + piece, 0)
  if (region.length < length || !isChecksumRight(region, length)) return null
  const view = new DataView(region.buffer, region.byteOffset, HEADER_BYTES)
  const granule = view.getBigInt64(6, true)
  return {
    serial: view.getUint32(14, true),
    sequence: view.getUint32(18, true),
    granule: granule === -1n ? null : granule,
    isContinued: (region[5] & CONTINUED) !== 0,
    isFirst: (region[5] & FIRST) !== 0,
    isLast: (region[5] & LAST) !== 0,
    lacing,
    body: region.slice(start, length),
    isAfterDamage,
  }
}

function isCapture(region: Uint8Array, at: number): boolean {
  return (
    region.length >= at + 4 &&
    ((region[at] << 24) | (region[at + 1] << 16) | (region[at + 2] << 8) | region[at + 3]) === CAPTURE
  )
}

/** Distance to where the next page may begin. */
function nextCapture(region: Uint8Array): number {
  for (let i = region.indexOf(0x4f, 1); i > 0; i = region.indexOf(0x4f, i + 1))
    if (isCapture(region, i) || i + 4 > region.length) return i
  return region.length
}

/** Polynomial 04c11db7, high bit first. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  return crc
})

/** The checksum is that of the page with zeros in its place, bytes 22 to 25. */
function isChecksumRight(page: Uint8Array, length: number): boolean {
  let crc = 0
  for (let i = 0; i < length; i++) {
    const byte = i >= 22 && i < 26 ? 0 : page[i]
    crc = (crc << 8) ^ CRC_TABLE[(crc >>> 24) ^ byte]
  }
  const stored = page[22] | (page[23] << 8) | (page[24] << 16) | (page[25] << 24)
  return (crc | 0) === stored
}

/** Puts the pieces of one stream's packets together. */
export class PacketReader {
  #rest: Uint8Array[] = []

  /** The packets that end on a page. */
  read({ lacing, body, isContinued }: OggPage): Uint8Array[] {
    const packets: Uint8Array[] = []
    let isOrphan = isContinued && this.#rest.length === 0
    if (!isContinued) this.#rest = []
    let start = 0
    let at = 0
    for (const piece of lacing) {
      at += piece
      if (piece === 255) continue
      const end = body.subarray(start, at)
      // The beginning of an orphan lay on a page that is not there.
      if (!isOrphan) packets.push(this.#rest.length > 0 ? join([...this.#rest, end]) : end)
      this.#rest = []
      isOrphan = false
      start = at
    }
    if (at > start && !isOrphan) this.#rest.push(body.subarray(start, at))
    return packets
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}
