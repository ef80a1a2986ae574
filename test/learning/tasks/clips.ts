import type { TaskClip } from '../../../src/learning/tasks/task-clips.ts'

/** A clip of the train split. */
export function taskClip(label: number, sound: Float32Array, gain = 1): TaskClip {
  const row = {
    file: '',
    path: '',
    labels: [label],
    split: 'train' as const,
    group: '',
    source: '',
    shippable: true,
  }
  return { clip: { row, samples: Int16Array.from(sound, (x) => 32767 * x) }, label, gain }
}
