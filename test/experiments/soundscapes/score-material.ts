import { type Answers, answersOf } from '../../../src/cli/evaluate/answers.ts'
import { stepSeconds } from '../../../src/inference/index.ts'
import { loadClassifier } from '../../../src/inference/node.ts'
import { everyName, type LabelMap } from '../../../src/learning/data/index.ts'
import type { Model } from '../../../src/model/index.ts'
import type { TimedEvent } from './event-score.ts'
import { type ScoredSound, scoreOffline } from './listen-offline.ts'
import type { Material } from './material.ts'
import type { Scene } from './scene.ts'
import type { Unknown } from './unknown.ts'

/** A sound that a model has heard. */
export interface HeardSound extends ScoredSound {
  /** Where a label may be heard that nobody has put there. */
  readonly unknown: readonly TimedEvent[]
}

/** What a model makes of scenes and backgrounds, before anything is decoded. */
export interface Heard {
  readonly answers: Answers
  /** Seconds from one window to the next. */
  readonly step: number
  readonly scenes: readonly { readonly scene: Scene; readonly scored: HeardSound }[]
  /** Recordings without events: what is told of them is a false alarm, unless it is unknown. */
  readonly backgrounds: readonly HeardSound[]
}

/**
 * Has a model hear all of the material.
 *
 * @param labels that it is asked for @param map from its own names to theirs
 * @param unknown what may be heard in the scenes' backgrounds and in those without events, in their order
 */
export async function scoreMaterial(
  model: Model,
  { scenes, backgrounds }: Material,
  labels: readonly string[],
  map: LabelMap = everyName,
  unknown?: Unknown,
): Promise<Heard> {
  const answers = answersOf(model.labels, [{ path: '', labels: [...labels] }], map)
  const classifier = await loadClassifier(model)
  const score = (sound: Float32Array) => scoreOffline(model, classifier, answers, sound)
  const heard = []
  for (const [i, scene] of scenes.entries())
    heard.push({ scene, scored: { ...(await score(scene.sound)), unknown: unknown?.scenes[i] ?? [] } })
  const quiet = []
  for (const [i, sound] of backgrounds.entries())
    quiet.push({ ...(await score(sound)), unknown: unknown?.backgrounds[i] ?? [] })
  classifier.dispose()
  return { answers, step: stepSeconds(model), scenes: heard, backgrounds: quiet }
}
