import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '../node/index.ts'
import { type Clip, decodeClips } from './clips.ts'
import type { ManifestRow } from './manifest.ts'

const LENGTH_BYTES = 4

/**
 * The clips of a manifest, decoded or, when the same files at the same rate were decoded before, read from one file
 * in the folder `cache`.
 *
 * @param onProgress called after each clip that has to be decoded
 * @throws LeafError `audio-file` or `data-folder` naming the file.
 */
export async function loadClips(
  rows: readonly ManifestRow[],
  sampleRate: number,
  cache: string,
  onProgress: () => void,
): Promise<Clip[]> {
  const path = join(cache, fingerprint(rows, sampleRate))
  if (existsSync(path)) return restore(rows, readFileSync(path))
  const clips = await decodeClips(rows, sampleRate, onProgress)
  writeWhole(path, joined(clips))
  return clips
}

/** Counts up when decoding or resampling changes. */
const VERSION = 2

/** Changes with the rate and with the name, size or date of any file. */
function fingerprint(rows: readonly ManifestRow[], sampleRate: number): string {
  const hash = createHash('sha256').update(`${VERSION} ${sampleRate}\n`)
  for (const { path } of rows) {
    const { size, mtimeMs } = statSync(path)
    hash.update(`${path} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex').slice(0, 24)
}

/** All lengths, then all samples. */
function joined(clips: readonly Clip[]): Uint8Array {
  const lengths = Uint32Array.from(clips, ({ samples }) => samples.length)
  return Buffer.concat([bytesOf(lengths), ...clips.map(({ samples }) => bytesOf(samples))])
}

function restore(rows: readonly ManifestRow[], file: Buffer): Clip[] {
  let at = LENGTH_BYTES * rows.length
  return rows.map((row, i) => {
    const length = file.readUInt32LE(LENGTH_BYTES * i)
    const samples = new Int16Array(new SharedArrayBuffer(2 * length))
    bytesOf(samples).set(file.subarray(at, at + 2 * length))
    at += 2 * length
    return { row, samples }
  })
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  new Uint8Array(buffer, byteOffset, byteLength)
