import { nameKey } from '../../events/index.ts'
import { refused } from '../refused.ts'

/** A sound with its class. */
export interface LabelledSound {
  /** Name of its class, 1 to 100 characters. */
  readonly label: string
  /** Examples cut from one recording share it: they are learned from together or held out together. */
  readonly recording: string
  /** Mono, at the base model's rate: full scale ±1, or 16 bits as the example store keeps it. */
  readonly sound: Float32Array | Int16Array
}

const FULL_SCALE = 32767
/** Seconds; what is shorter is no example of anything. */
const SHORTEST = 0.1
const LONGEST_LABEL = 100

/** @param sound full scale ±1; what is beyond is clipped */
export function toInt16(sound: Float32Array): Int16Array {
  const samples = new Int16Array(sound.length)
  for (let i = 0; i < sound.length; i++)
    samples[i] = Math.round(FULL_SCALE * Math.min(1, Math.max(-1, sound[i])))
  return samples
}

/** @returns full scale ±1 */
export function toFloat32(sound: Float32Array | Int16Array): Float32Array {
  if (sound instanceof Float32Array) return sound
  const samples = new Float32Array(sound.length)
  for (let i = 0; i < sound.length; i++) samples[i] = sound[i] / FULL_SCALE
  return samples
}

/** @param sampleRate Hz @throws LeafError `arguments` naming what is wrong */
export function checkSound(sound: Float32Array | Int16Array, label: string, sampleRate: number): void {
  const name = JSON.stringify(label)
  if (sound.length < SHORTEST * sampleRate) {
    const milliseconds = Math.round((1000 * sound.length) / sampleRate)
    throw refused(
      `An example of ${name} is ${milliseconds} ms long.`,
      `Give at least ${1000 * SHORTEST} ms, best a second.`,
    )
  }
  if (!sound.every(Number.isFinite)) {
    throw refused(`An example of ${name} holds a sample that is not a finite number.`, 'Record it again.')
  }
}

/** @throws LeafError `arguments` for a name that no label of a model file can have */
export function checkLabel(label: string): void {
  const isName = typeof label === 'string' && label === label.trim() && nameKey(label) !== ''
  if (isName && label.length <= LONGEST_LABEL) return
  throw refused(
    `${JSON.stringify(label) ?? String(label)} is no name for a class.`,
    `Use 1 to ${LONGEST_LABEL} characters, the first and the last not a space.`,
  )
}
