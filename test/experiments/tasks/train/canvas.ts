import { soundOf } from '../../../../src/learning/data/index.ts'
import type { Random } from '../../../../src/learning/random/index.ts'
import type { TaskClip } from './task-clips.ts'

/** The sound of a clip at the condition's level; one shorter than `least` samples at a random place of that many. */
export function laidOut(clip: TaskClip, least: number, random: Random): Float32Array {
  const sound = levelled(clip)
  if (sound.length >= least) return sound
  const canvas = new Float32Array(least)
  canvas.set(sound, random.below(least - sound.length + 1))
  return canvas
}

/** So many samples from a random place of what `laidOut` gives, of which no more than these are converted. */
export function cropOf(clip: TaskClip, samples: number, random: Random): Float32Array {
  const { length } = clip.clip.samples
  const whole = length < samples ? laidOut(clip, samples, random) : undefined
  const start = random.below(Math.max(length, samples) - samples + 1)
  return whole ?? levelled(clip, start, start + samples)
}

function levelled({ clip, gain }: TaskClip, from?: number, to?: number): Float32Array {
  const sound = soundOf({ ...clip, samples: clip.samples.subarray(from, to) })
  for (let i = 0; i < sound.length; i++) sound[i] *= gain
  return sound
}
