import { join } from 'node:path'
import { openAudioFile } from '../../src/audio-file/index.ts'
import { MICROPHONE_RATE } from './microphone-file.ts'

const CLIP = join(import.meta.dirname, '../../demo/public/clips/street.mp3')
/** Seconds of the bundled clip: a second of its quiet, a second and a half of speech, quiet for longer than a merge gap. */
const PARTS = [
  [0, 2.5],
  [18.25, 19.15],
  [18.25, 19.15],
]

/** Seconds from the beginning to the first word. */
export const SPEECH_BEGINS = 1

/** Someone speaks, once, with quiet around. At MICROPHONE_RATE. */
export async function speech(): Promise<Float32Array> {
  const clip = await streetClip()
  const parts = PARTS.map(([start, end]) => clip.slice(start * MICROPHONE_RATE, end * MICROPHONE_RATE))
  return Float32Array.from(parts.flatMap((part) => [...part]))
}

/** The bundled clip, at MICROPHONE_RATE. */
export async function streetClip(): Promise<Float32Array> {
  const { blocks, sampleRate } = await openAudioFile(CLIP)
  if (sampleRate !== MICROPHONE_RATE) throw new Error(`The clip is at ${sampleRate} Hz.`)
  const samples: number[] = []
  for await (const block of blocks) for (const sample of block) samples.push(sample)
  return Float32Array.from(samples)
}

/** A sound several times in a row. */
export function repeat(sound: Float32Array, times: number): Float32Array {
  return Float32Array.from({ length: times * sound.length }, (_, i) => sound[i % sound.length])
}
