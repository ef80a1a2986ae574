import { type FrontendDescription, geometryOf, samplesFor } from '../../frontend/index.ts'
import { refused } from '../refused.ts'
import type { FrozenClassifier } from './frozen-classifier.ts'

/** A labelled sound recorded in the room. */
export interface AdaptationExample {
  /** At the frontend's sample rate, full scale ±1, at least as long as the classifier's window. */
  readonly sound: Float32Array
  /** [labels], 1 for each label present, else 0. */
  readonly target: Float32Array
}

/** Fewest seconds of sound. Chosen, not fitted. */
export const LEAST_SECONDS = 5

/** @throws LeafError `arguments` naming the example and what is wrong, or if there is too little sound */
export function checkExamples(
  examples: readonly AdaptationExample[],
  { window: [windowFrames], labels }: FrozenClassifier,
  frontend: FrontendDescription,
): void {
  const least = samplesFor(geometryOf(frontend), windowFrames)
  examples.forEach(({ sound, target }, i) => {
    if (target.length !== labels || !target.every((value) => value === 0 || value === 1)) {
      throw refused(`The target of example ${i} is not ${labels} numbers 0 or 1.`, 'Give one per label.')
    }
    if (sound.length < least) {
      throw refused(
        `Example ${i} has ${sound.length} samples, the classifier's window ${least}.`,
        'Record more around it.',
      )
    }
    if (!sound.every(Number.isFinite)) {
      throw refused(`Example ${i} holds a sample that is not a finite number.`, 'Leave it out.')
    }
  })
  const seconds = secondsOf(examples, frontend)
  if (seconds < LEAST_SECONDS) {
    throw refused(
      `${seconds.toFixed(1)} seconds of sound are too little to adapt to a room.`,
      `Give at least ${LEAST_SECONDS} seconds, better most of a minute.`,
    )
  }
}

/** Total duration. */
export function secondsOf(
  examples: readonly AdaptationExample[],
  { sampleRate }: FrontendDescription,
): number {
  return examples.reduce((sum, { sound }) => sum + sound.length, 0) / sampleRate
}
