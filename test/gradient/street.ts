import { fileURLToPath } from 'node:url'
import { openAudioFile } from '../../src/audio-file/index.ts'

/** Pieces of the demo's street clip, one after the other, every `count` with `length` samples at the file's own rate. */
export async function streetPieces(count: number, length: number): Promise<Float32Array[]> {
  const path = fileURLToPath(new URL('../../demo/public/clips/street.mp3', import.meta.url))
  const { blocks } = await openAudioFile(path)
  const sound = new Float32Array(count * length)
  let filled = 0
  for await (const block of blocks) {
    const part = block.subarray(0, sound.length - filled)
    sound.set(part, filled)
    filled += part.length
    if (filled === sound.length) break
  }
  return Array.from({ length: count }, (_, i) => sound.slice(i * length, (i + 1) * length))
}
