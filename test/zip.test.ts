import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { ZipError, zipEntries } from '../src/zip.ts'

const text = (length: number) => Uint8Array.from({ length }, (_, i) => 97 + ((i * i) % 23))
const files = { 'a.txt': text(5000), 'folder/ü.bin': text(1), empty: new Uint8Array(0), long: text(300_000) }

describe.each([0, 9] as const)('an archive packed at level %i', (level) => {
  const archive = zipSync(files, { level })

  test('gives back every file, and its beginning alone', () => {
    const entries = zipEntries(archive)
    expect(entries.map(({ name, size }) => [name, size])).toEqual(
      Object.entries(files).map(([name, { length }]) => [name, length]),
    )
    for (const entry of entries) {
      const file = files[entry.name as keyof typeof files]
      expect(entry.read()).toEqual(file)
      expect(entry.peek(100)).toEqual(file.subarray(0, 100))
    }
  })

  test('with any bit of a file turned over is refused', () => {
    // The name ends at byte 35, and the next file's header begins with its mark.
    const end = archive.findIndex(
      (byte, i) => i > 35 && byte === 0x50 && archive[i + 1] === 0x4b && archive[i + 2] === 3,
    )
    for (let at = 35; at < end; at += 1 + (end >> 5)) {
      const spoilt = archive.slice()
      spoilt[at] ^= 16
      expect(() => zipEntries(spoilt)[0].read()).toThrow(ZipError)
    }
  })

  test('with any bit of its directory turned over gives back the same files or is refused', () => {
    const few = zipSync({ 'a.npy': text(50), 'b.npy': text(60) }, { level })
    const contents = (bytes: Uint8Array) =>
      zipEntries(bytes).map((entry) => [entry.name, entry.size, ...entry.read()])
    const right = contents(few)
    for (let bit = 0; bit < 8 * few.length; bit++) {
      const spoilt = few.slice()
      spoilt[bit >> 3] ^= 1 << (bit & 7)
      try {
        expect(contents(spoilt), `bit ${bit}`).toEqual(right)
      } catch (error) {
        if (!(error instanceof ZipError)) throw error
      }
    }
  })

  test('cut off anywhere is refused', () => {
    for (let length = 0; length < archive.length; length += 1 + (archive.length >> 6))
      expect(() => zipEntries(archive.subarray(0, length)).map((entry) => entry.read())).toThrow(ZipError)
  })
})

/** An archive of one file with every number where ZIP64 puts it (APPNOTE 4.3.14, 4.3.15, 4.5.3). */
function wideArchive(content: Uint8Array): Uint8Array {
  const narrow = Buffer.from(zipSync({ a: content }, { level: 0 }))
  const offset = narrow.readUInt32LE(narrow.length - 6)
  const files = narrow.subarray(0, offset)
  const entry = Buffer.concat([narrow.subarray(offset, narrow.length - 22), Buffer.alloc(28)])
  for (const at of [20, 24, 42]) entry.writeUInt32LE(0xffffffff, at)
  entry.writeUInt16LE(28, 30)
  const extra = entry.subarray(entry.length - 28)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(24, 2)
  for (const at of [4, 12]) extra.writeBigUInt64LE(BigInt(content.length), at)
  const end = Buffer.alloc(56)
  end.writeUInt32LE(0x06064b50, 0)
  end.writeBigUInt64LE(44n, 4)
  for (const at of [24, 32]) end.writeBigUInt64LE(1n, at)
  end.writeBigUInt64LE(BigInt(entry.length), 40)
  end.writeBigUInt64LE(BigInt(offset), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(offset + entry.length), 8)
  locator.writeUInt32LE(1, 16)
  const old = Buffer.alloc(22, 255)
  narrow.copy(old, 0, narrow.length - 22, narrow.length - 14)
  old.writeUInt16LE(0, 20)
  return new Uint8Array(Buffer.concat([files, entry, end, locator, old]))
}

test('an archive of ZIP64 gives back its file; its directory is asked for where the locator says', () => {
  const archive = wideArchive(text(5000))
  const [entry] = zipEntries(archive)
  expect([entry.name, entry.size]).toEqual(['a', 5000])
  expect(entry.read()).toEqual(text(5000))
  archive[archive.length - 22 - 20 + 8] ^= 1
  expect(() => zipEntries(archive)).toThrow(/damaged in its directory/)
})

test('a file longer than the archive says is given up at that length', () => {
  const archive = zipSync({ bomb: new Uint8Array(50_000_000) }, { level: 9 })
  const view = new DataView(archive.buffer, archive.byteOffset)
  // The size in the directory, whose last entry begins 46 + 4 bytes before the end record of 22.
  view.setUint32(archive.length - 22 - 50 + 24, 1000, true)
  const [entry] = zipEntries(archive)
  expect(entry.size).toBe(1000)
  expect(() => entry.read()).toThrow(/checksum of bomb is wrong/)
})

test('two files of one name are refused', () => {
  const archive = zipSync({ 'a.npy': text(50), 'b.npy': text(60) })
  for (let at = archive.indexOf(0x62); at !== -1; at = archive.indexOf(0x62, at + 1))
    if (archive[at + 1] === 0x2e) archive[at] = 0x61
  expect(() => zipEntries(archive)).toThrow(/holds a.npy twice/)
})

test('what is encrypted or packed by another method says so', () => {
  const spoil = (offset: number, value: number) => {
    const archive = zipSync({ a: text(100) })
    archive[archive.length - 22 - 47 + offset] = value
    return () => zipEntries(archive)[0].read()
  }
  expect(spoil(8, 1)).toThrow(/holds a encrypted/)
  expect(spoil(10, 93)).toThrow(/holds a packed by method 93/)
})
