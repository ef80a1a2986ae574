import { soundOf } from '../../../../src/learning/data/index.ts'
import type { Random } from '../../../../src/learning/random/index.ts'
import type { TaskClip } from './task-clips.ts'

/** The sound of a clip at the condition's level; one shorter than `least` samples at a random place of that many. */
export function laidOut({ clip, gain }: TaskClip, least: number, random: Random): Float32Array {
  const sound = soundOf(clip)
  for (let i = 0; i < sound.length; i++) sound[i] *= gain
  if (sound.length >= least) return sound
  const canvas = new Float32Array(least)
  canvas.set(sound, random.below(least - sound.length + 1))
  return canvas
}
