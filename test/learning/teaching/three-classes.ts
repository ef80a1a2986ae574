import { Random } from '../../../src/learning/random/random.ts'
import { noise } from '../../../src/learning/sound/sound.ts'
import type { LabelledSound } from '../../../src/learning/teaching/labelled-sound.ts'

export const RATE = 16_000
export const CLASSES = ['background', 'whistle', 'clicks'] as const

/** One second, over a room's noise 20 to 40 dB below. */
export function makeSound(label: (typeof CLASSES)[number], index: number): Float32Array {
  const random = new Random(CLASSES.indexOf(label), index, 77)
  const level = 10 ** (random.between(-30, -10) / 20)
  const sound = noise(RATE, 'pink', random)
  const room = label === 'background' ? level / 3 : level * 10 ** (random.between(-40, -20) / 20)
  for (let i = 0; i < RATE; i++) sound[i] *= room
  if (label === 'whistle') {
    const [from, to] = [random.between(700, 2500), random.between(700, 2500)]
    const start = random.below(RATE / 4)
    const length = RATE / 4 + random.below(RATE / 2)
    for (let i = 0; i < length; i++) {
      const phase = (2 * Math.PI * (from * i + ((to - from) * i * i) / (2 * length))) / RATE
      sound[start + i] += level * Math.sin(phase) * Math.sin((Math.PI * i) / length)
    }
  }
  if (label === 'clicks') {
    const count = 3 + random.below(5)
    for (let click = 0; click < count; click++) {
      const start = random.below(RATE - 400)
      for (let i = 0; i < 400; i++)
        sound[start + i] += 2 * level * Math.exp(-i / 60) * (random.next() - 0.5) * 2
    }
  }
  return sound
}

/** Examples of three classes, one to a recording. */
export function threeClasses(each: number): LabelledSound[] {
  return CLASSES.flatMap((label) =>
    Array.from({ length: each }, (_, i) => ({
      label,
      recording: `${label} ${i}`,
      sound: makeSound(label, i),
    })),
  )
}
