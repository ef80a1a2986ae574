import { type Answers, answersOf, merged } from '../../../src/cli/evaluate/answers.ts'
import { nameKey } from '../../../src/events/index.ts'
import { audiosetMap, everyName, readLabelledClips } from '../../../src/learning/data/index.ts'
import { logit, mean } from '../../../src/learning/evaluation/index.ts'
import type { Model } from '../../../src/model/index.ts'
import { windowsOf } from '../clip-windows.ts'
import { HEARS } from '../hears.ts'

/** Logits of clips: per clip and window one for each answer. */
export interface Heard {
  readonly answers: Answers
  readonly logits: readonly (readonly Float32Array[])[]
  /** Per clip, whether nobody knows of an answer: it is none of the clip's labels, and the teacher hears it. */
  readonly unknown: readonly (readonly boolean[])[]
}

/** @param teacher whose labels count as the model's by AudioSet's map */
export async function hear(
  model: Model,
  folder: string,
  split: string,
  teacher: Model | undefined,
): Promise<Heard> {
  const answers = answersOf(model.labels, readLabelledClips(folder, { split }), everyName)
  const paths = answers.clips.map(({ path }) => path)
  const windows = await windowsOf(model, paths, `scoring ${split}`)
  const logits = windows.map((some) => some.map((window) => merged(window, answers.places).map(logit)))
  if (!teacher) return { answers, logits, unknown: answers.clips.map(() => answers.labels.map(() => false)) }
  const names = answersOf(teacher.labels, readLabelledClips(folder, { split }), audiosetMap)
  const heard = await windowsOf(teacher, paths, `${split}, the teacher`)
  const unknown = heard.map((some, i) => {
    const means = teacher.labels.map((_, n) => mean(some.map((window) => window[n])))
    const scores = merged(means, names.places)
    return answers.labels.map((label, n) => {
      const place = names.labels.findIndex((name) => nameKey(name) === nameKey(label))
      return !answers.clips[i].labels.includes(n) && (scores[place] ?? 0) >= HEARS
    })
  })
  return { answers, logits, unknown }
}
