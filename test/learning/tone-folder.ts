import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Random } from '../../src/learning/random/random.ts'

export const TONES = { low: 400, high: 3000 } as const

/** A folder of short WAV clips, tones of two pitches over faint noise, with a manifest. */
export function toneFolder(clipsPerSplit: number, folder = emptyFolder()): string {
  mkdirSync(folder, { recursive: true })
  const lines = ['file,label,split,source']
  for (const [s, split] of ['train', 'valid', 'test'].entries()) {
    for (let i = 0; i < clipsPerSplit; i++) {
      const label = i % 2 === 0 ? 'low' : 'high'
      const file = `${split}${i}.wav`
      writeFileSync(join(folder, file), wav(tone(TONES[label], 16000 + 800 * i, 100 * s + i), 16000))
      lines.push(`${file},${label},${split},computed`)
    }
  }
  writeFileSync(join(folder, 'manifest.csv'), `${lines.join('\n')}\n`)
  return folder
}

/** A folder of its own, which is gone when npm test ends. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'leaf-worklet-learning-'))
}

export function tone(frequency: number, length: number, seed: number, sampleRate = 16000): Float32Array {
  const random = new Random(seed)
  return Float32Array.from(
    { length },
    (_, i) => 0.3 * Math.sin((2 * Math.PI * frequency * i) / sampleRate) + 0.003 * random.normal(),
  )
}

/** A mono WAV file of 16 bits. */
export function wav(samples: Float32Array, sampleRate: number): Uint8Array {
  const bytes = Buffer.alloc(44 + 2 * samples.length)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(sampleRate, 24)
  bytes.writeUInt32LE(2 * sampleRate, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(2 * samples.length, 40)
  samples.forEach((sample, i) => {
    bytes.writeInt16LE(Math.round(32767 * sample), 44 + 2 * i)
  })
  return bytes
}
