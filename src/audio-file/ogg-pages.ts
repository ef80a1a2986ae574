import { truncatedFile } from './errors.ts'
import type { FileBytes } from './file-bytes.ts'

const HEADER_BYTES = 27
const LARGEST_PAGE = HEADER_BYTES + 255 + 255 * 255

/** @throws LeafError('audio-file') unless the last page of an Ogg file is all there */
export async function requireWholeOgg(bytes: FileBytes): Promise<void> {
  const tail = Buffer.from(await bytes.at(Math.max(0, bytes.total - LARGEST_PAGE), LARGEST_PAGE))
  const page = tail.lastIndexOf('OggS')
  if (page < 0 || page + pageBytes(tail.subarray(page)) > tail.length)
    throw truncatedFile(bytes.path, 'within its last page')
}

/** Length of a page by its header; infinite where the header itself is cut. */
function pageBytes(page: Uint8Array): number {
  if (page.length < HEADER_BYTES) return Number.POSITIVE_INFINITY
  const segments = page[HEADER_BYTES - 1]
  if (page.length < HEADER_BYTES + segments) return Number.POSITIVE_INFINITY
  const lengths = page.subarray(HEADER_BYTES, HEADER_BYTES + segments)
  return HEADER_BYTES + segments + lengths.reduce((sum, length) => sum + length, 0)
}
