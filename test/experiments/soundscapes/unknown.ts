import { answersOf } from '../../../src/cli/evaluate/answers.ts'
import { geometryOf, samplesFor } from '../../../src/frontend/index.ts'
import { loadClassifier } from '../../../src/inference/node.ts'
import { audiosetMap } from '../../../src/learning/data/index.ts'
import type { Model } from '../../../src/model/index.ts'
import { HEARS } from '../hears.ts'
import type { TimedEvent } from './event-score.ts'
import { scoreOffline } from './listen-offline.ts'
import type { Material } from './material.ts'

/** What may be heard although nobody has put it there: in each scene's background, and in those without events. */
export interface Unknown {
  readonly scenes: readonly (readonly TimedEvent[])[]
  readonly backgrounds: readonly (readonly TimedEvent[])[]
}

/**
 * What a teacher hears in backgrounds, which nobody has labelled: the windows in which a label's score is high enough.
 *
 * @param teacher with AudioSet's names @param labels that are asked for
 */
export async function heardInBackgrounds(
  teacher: Model,
  { scenes, backgrounds }: Material,
  labels: readonly string[],
): Promise<Unknown> {
  const answers = answersOf(teacher.labels, [{ path: '', labels: [...labels] }], audiosetMap)
  const classifier = await loadClassifier(teacher)
  const { frontend, classifier: own } = teacher
  const half = samplesFor(geometryOf(frontend), own.windowFrames) / frontend.sampleRate / 2
  const heardIn = async (sound: Float32Array): Promise<TimedEvent[]> => {
    const { windows } = await scoreOffline(teacher, classifier, answers, sound)
    return windows.flatMap(({ center, scores }) =>
      answers.labels.flatMap((label, i) =>
        scores[i] >= HEARS ? [{ label, start: center - half, end: center + half }] : [],
      ),
    )
  }
  const below = []
  for (const { background } of scenes) below.push(await heardIn(background))
  const alone = []
  for (const sound of backgrounds) alone.push(await heardIn(sound))
  classifier.dispose()
  return { scenes: below, backgrounds: alone }
}
