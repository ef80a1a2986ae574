import { Inflate } from 'fflate'

const END = 0x06054b50
const WIDE_LOCATOR = 0x07064b50
const WIDE_END = 0x06064b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const END_BYTES = 22
const LONGEST_COMMENT = 65535
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
const ENCRYPTED = 1
const STORED = 0
const DEFLATED = 8
/** A piece of so many bytes inflates to 4 MB at most, before its length is looked at again. */
const PIECE_BYTES = 4096

/** A file in a ZIP archive, not yet unpacked. */
export interface ZipEntry {
  readonly name: string
  /** Bytes when unpacked, as the archive says. */
  readonly size: number
  /** The whole file, its length and its CRC-32 checked. @throws ZipError */
  read(): Uint8Array
  /** Its first bytes, unchecked. @throws ZipError */
  peek(count: number): Uint8Array
}

/** What is wrong with an archive; completes "the archive …". */
export class ZipError extends Error {
  constructor(problem: string, options?: ErrorOptions) {
    super(problem, options)
    this.name = 'ZipError'
  }
}

interface Place {
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

/**
 * The directory of a ZIP archive (APPNOTE 6.3.9, with ZIP64). Nothing is unpacked, so that a caller judges sizes first.
 * The directory has no checksum: its length and the names in front of the files have to agree with it.
 *
 * @throws ZipError where the directory is cut off or damaged, or two files have one name
 */
export function zipEntries(file: Uint8Array): ZipEntry[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const { count, offset, end } = directory(view)
  const entries: ZipEntry[] = []
  const names = new Set<string>()
  let at = offset
  while (entries.length < count) {
    if (at + ENTRY_BYTES > view.byteLength || view.getUint32(at, true) !== ENTRY)
      throw new ZipError('is cut off or damaged in its directory')
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((i) => view.getUint16(at + i, true))
    const start = at + ENTRY_BYTES
    at = start + nameBytes + extraBytes + commentBytes
    if (at > view.byteLength) throw new ZipError('is cut off or damaged in its directory')
    const name = new TextDecoder().decode(file.subarray(start, start + nameBytes))
    const entry = start - ENTRY_BYTES
    const place = {
      name,
      flags: view.getUint16(entry + 8, true),
      method: view.getUint16(entry + 10, true),
      crc: view.getUint32(entry + 16, true),
      ...sizesOf(view, entry, start + nameBytes, extraBytes),
    }
    requireName(file, view, place, file.subarray(start, start + nameBytes))
    if (names.has(name)) throw new ZipError(`holds ${name} twice`)
    names.add(name)
    entries.push({
      name,
      size: place.size,
      read: () => checked(place, unpack(file, view, place, place.size)),
      peek: (length) => unpack(file, view, place, Math.min(length, place.size)),
    })
  }
  if (at !== end) throw new ZipError('is cut off or damaged in its directory')
  return entries
}

/** How many entries there are, where the first begins and the last ends. */
function directory(view: DataView): { count: number; offset: number; end: number } {
  const earliest = Math.max(0, view.byteLength - END_BYTES - LONGEST_COMMENT)
  for (let at = view.byteLength - END_BYTES; at >= earliest; at--) {
    if (view.getUint32(at, true) !== END) continue
    const count = view.getUint16(at + 10, true)
    const offset = view.getUint32(at + 16, true)
    const locator = at - 20
    if (locator < 0 || view.getUint32(locator, true) !== WIDE_LOCATOR)
      return { count, offset, end: offset + view.getUint32(at + 12, true) }
    const wide = Number(view.getBigUint64(locator + 8, true))
    if (wide + 56 > view.byteLength || view.getUint32(wide, true) !== WIDE_END)
      throw new ZipError('is damaged in its directory')
    const [many, bytes, first] = [32, 40, 48].map((i) => Number(view.getBigUint64(wide + i, true)))
    return { count: many, offset: first, end: first + bytes }
  }
  throw new ZipError('is cut off or damaged: it has no directory')
}

/** Sizes and place, from the ZIP64 extra field where 32 bits do not hold them. */
function sizesOf(view: DataView, entry: number, extra: number, extraBytes: number) {
  const narrow = [24, 20, 42].map((i) => view.getUint32(entry + i, true))
  let wideAt = 0
  for (let at = extra; at + 4 <= extra + extraBytes; at += 4 + view.getUint16(at + 2, true))
    if (view.getUint16(at, true) === 1) wideAt = at + 4
  const [size, packed, offset] = narrow.map((value) => {
    if (value !== 0xffffffff || wideAt === 0 || wideAt + 8 > extra + extraBytes) return value
    wideAt += 8
    return Number(view.getBigUint64(wideAt - 8, true))
  })
  return { size, packed, offset }
}

/** @throws ZipError where the header in front of a file has another name than the directory */
function requireName(file: Uint8Array, view: DataView, { name, offset }: Place, expected: Uint8Array): void {
  const start = offset + LOCAL_BYTES
  const isThere =
    start + expected.length <= view.byteLength &&
    view.getUint32(offset, true) === LOCAL &&
    view.getUint16(offset + 26, true) === expected.length &&
    expected.every((byte, i) => file[start + i] === byte)
  if (!isThere) throw new ZipError(`is cut off or damaged at ${name}`)
}

/** The first `length` bytes of a file. */
function unpack(file: Uint8Array, view: DataView, place: Place, length: number): Uint8Array {
  const { name, flags, method, packed, offset } = place
  if (flags & ENCRYPTED) throw new ZipError(`holds ${name} encrypted`)
  const start = offset + LOCAL_BYTES + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  if (start + packed > file.length) throw new ZipError(`is cut off or damaged at ${name}`)
  const content = file.subarray(start, start + packed)
  if (method === STORED) return content.subarray(0, length)
  if (method === DEFLATED) return inflate(content, length, name)
  throw new ZipError(`holds ${name} packed by method ${method}`)
}

function inflate(content: Uint8Array, length: number, name: string): Uint8Array {
  const parts: Uint8Array[] = []
  let unpacked = 0
  const inflater = new Inflate((part) => {
    parts.push(part)
    unpacked += part.length
  })
  try {
    for (let at = 0; at < content.length && unpacked < length; at += PIECE_BYTES)
      inflater.push(content.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= content.length)
  } catch (cause) {
    throw new ZipError(`is damaged at ${name}`, { cause })
  }
  const file = new Uint8Array(Math.min(unpacked, length))
  let at = 0
  for (const part of parts) {
    file.set(part.subarray(0, file.length - at), at)
    at += Math.min(part.length, file.length - at)
  }
  return file
}

function checked({ name, size, crc }: Place, content: Uint8Array): Uint8Array {
  if (content.length !== size || crc32(content) !== crc)
    throw new ZipError(`is damaged: the checksum of ${name} is wrong`)
  return content
}

/** Polynomial edb88320, low bit first. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc
})

function crc32(bytes: Uint8Array): number {
  let crc = -1
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ bytes[i]) & 255]
  return ~crc >>> 0
}
