import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AudioFile, openAudioFile } from '../../src/audio-file/index.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures')

export function fixture(name: string): Buffer {
  return readFileSync(join(FIXTURES, name))
}

/** What a file of these bytes is decoded to; every error comes through. */
export async function readSound(
  bytes: Uint8Array,
): Promise<Omit<AudioFile, 'blocks'> & { samples: Float32Array }> {
  const folder = mkdtempSync(join(tmpdir(), 'leaf-sound-'))
  try {
    const path = join(folder, 'sound')
    writeFileSync(path, bytes)
    const { blocks, ...file } = await openAudioFile(path)
    const parts: Float32Array[] = []
    for await (const block of blocks) parts.push(block.slice())
    return { ...file, samples: joined(parts) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The largest difference of two sounds of one length. */
export function difference(one: Float32Array, other: Float32Array): number {
  return one.reduce((most, value, i) => Math.max(most, Math.abs(value - other[i])), 0)
}
