import { nameKey } from '../../events/index.ts'
import { SAMPLE_RATES } from '../../frontend/index.ts'
import { shown } from '../../tag-of.ts'
import { refused } from '../refused.ts'

/** A sound and its class label. */
export interface LabelledSound {
  /** Class name, 1 to 100 characters. */
  readonly label: string
  /** Group id of examples cut from one recording: all are trained on or all are held out. */
  readonly recording: string
  /** Mono at the base model's rate: float with full scale ±1, or int16 as the example store keeps it. */
  readonly sound: Float32Array | Int16Array
}

const FULL_SCALE = 32767
// Limits are chosen, not fitted.
const MIN_SECONDS = 0.1
const MAX_LABEL_LENGTH = 100

/** @param sound full scale ±1, clipped beyond */
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

/** @throws LeafError `arguments` for a rate that no frontend has */
export function requireRate(sampleRate: number): void {
  const { min, max } = SAMPLE_RATES
  if (Number.isInteger(sampleRate) && sampleRate >= min && sampleRate <= max) return
  throw refused(
    `The sample rate is ${shown(sampleRate)}.`,
    `Pass that of the base model as \`sampleRate\`, a whole number of Hz from ${min} to ${max}.`,
  )
}

/** @param sampleRate Hz @throws LeafError `arguments` if too short or not finite */
export function checkSound(sound: Float32Array | Int16Array, label: string, sampleRate: number): void {
  const name = JSON.stringify(label)
  if (sound.length < MIN_SECONDS * sampleRate) {
    const milliseconds = Math.round((1000 * sound.length) / sampleRate)
    throw refused(
      `An example of ${name} is ${milliseconds} ms long.`,
      `Give at least ${1000 * MIN_SECONDS} ms, best a second.`,
    )
  }
  if (!sound.every(Number.isFinite)) {
    throw refused(`An example of ${name} holds a sample that is not a finite number.`, 'Record it again.')
  }
}

/** @throws LeafError `arguments` for a name that a model file's label cannot have */
export function checkLabel(label: string): void {
  const isName = typeof label === 'string' && label === label.trim() && nameKey(label) !== ''
  if (isName && label.length <= MAX_LABEL_LENGTH) return
  throw refused(
    `${JSON.stringify(label) ?? String(label)} is no name for a class.`,
    `Use 1 to ${MAX_LABEL_LENGTH} characters, the first and the last not a space.`,
  )
}
