import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { FrontendDescription } from '../../frontend/index.ts'
import { FixedFrontend } from '../../gradient/index.ts'
import { buildLayersModel } from '../../inference/index.ts'
import { type Model, writeModel } from '../../model/index.ts'
import { adaptCompression, LEAST_SECONDS, pcenOf, secondsOf } from '../adaptation/index.ts'
import type { SoundExample } from '../examples/index.ts'
import { refused } from '../refused.ts'
import type { Adapted, AdaptingProgress, InRoomAndQuiet, SoundsMeasure } from './adapted.ts'
import { adaptedCard } from './card.ts'
import { chooseSounds } from './choose-sounds.ts'
import { measureOf, rightOf, scoresOf } from './held-out.ts'
import type { LabelledSound } from './labelled-sound.ts'
import { createPause } from './pause.ts'
import type { RoomNoise } from './room-noise.ts'
import { RoomSounds } from './room-sounds.ts'
import { canvasOf } from './teaching-examples.ts'

export interface AdaptHooks {
  /** Called after each batch of measured sounds and each training step. */
  readonly onProgress?: (progress: AdaptingProgress) => void
  /** Aborting ends the run after the current batch or step. */
  readonly stop?: AbortSignal
}

export interface RoomOptions extends RoomNoise {
  /** Integer. Deterministic: the same seed, sounds and noise give the same model. */
  readonly seed: number
  /** Date written to the model's card. */
  readonly when: Date
}

/** Most seconds of sound to adapt on, as `npm run adapt` by default. Chosen, not fitted: more is slower, not better. */
const MAX_SECONDS = 50
/** Most sounds to measure. Chosen, not fitted: it bounds the time two measurements take. */
const MAX_MEASURED = 200
/** Sounds per scoring batch; bounds memory and the delay until `stop` is seen, does not change scores. */
const SCORING_BATCH = 8

/** Thrown to unwind once `stop` is aborted. */
class Stopped extends Error {}

/**
 * Adapts a model's PCEN to a room: trains on half of the sounds mixed with the room's noise, and measures the other half
 * before and after, with and without the noise. Filters and classifier stay frozen. Runs in Node and in the browser, on
 * the active TensorFlow.js backend.
 *
 * @param model with PCEN and without heads
 * @param sounds those whose label the model does not have are ignored
 * @returns null if stopped early
 * @throws LeafError `arguments` for a model, sounds or a noise that do not fit; `training` when numbers are not finite
 */
export async function adapt(
  model: Model,
  sounds: readonly LabelledSound[],
  options: RoomOptions,
  hooks: AdaptHooks = {},
): Promise<Adapted | null> {
  const began = performance.now()
  pcenOf(model.frontend)
  const known = knownSounds(model, sounds)
  const { sampleRate } = model.frontend
  const least = canvasOf(model.frontend, model.classifier.windowFrames).samples
  const limits = { sampleRate, least, learned: MAX_SECONDS * sampleRate, measured: MAX_MEASURED }
  const chosen = chooseSounds(known, limits, options.seed)
  const room = new RoomSounds(model, known, options)
  const examples = room.toLearn(chosen.learned, options.seed)
  const seconds = secondsOf(examples, model.frontend)
  requireMinimum(seconds)
  const classifier = await buildLayersModel(model.classifier)
  try {
    const measure = createMeasure(classifier, room, chosen.measured, hooks)
    const before = await measure(model.frontend)
    const frontend = await adaptCompression(
      { frontend: model.frontend, classifier, isSoftmax: false },
      examples,
      {
        seed: options.seed,
        onStep: createReport(hooks),
      },
    )
    const after = await measure(frontend)
    const figures = { before, after, measured: chosen.measured.length, snr: room.snr }
    return {
      model: writeModel({ ...model, frontend, card: adaptedCard(model, options.when, figures) }),
      frontend,
      ...figures,
      learned: { sounds: examples.length, seconds },
      seconds: (performance.now() - began) / 1000,
    }
  } catch (error) {
    if (error instanceof Stopped) return null
    throw error
  } finally {
    classifier.dispose()
  }
}

/** @throws LeafError `arguments` for a model with heads, or if no sound has one of its labels */
function knownSounds({ labels, heads }: Model, sounds: readonly LabelledSound[]): LabelledSound[] {
  if (heads) {
    throw refused(
      'A model with heads asks several questions of a sound, and an example answers one.',
      'Give a model with a sigmoid for every label, such as a taught one.',
    )
  }
  const known = sounds.filter(({ label }) => labels.includes(label))
  if (known.length > 0) return known
  throw refused(
    `There is no example of any of the sounds of the model: ${labels.join(', ')}.`,
    'Record some of them, under the same names.',
  )
}

/** @throws LeafError `arguments` */
function requireMinimum(seconds: number): void {
  if (seconds >= LEAST_SECONDS) return
  throw refused(
    `Half of the examples are learned from: ${seconds.toFixed(1)} seconds are too little to adapt to a room.`,
    `Give at least ${2 * LEAST_SECONDS} seconds in all, an even number of examples of each class, better two minutes.`,
  )
}

/** Reports a step, yields to the event loop and throws `Stopped` once `stop` is aborted. */
function createReport({ onProgress, stop }: AdaptHooks) {
  const pause = createPause()
  return async (progress: { step: number; steps: number; loss: number }) => {
    onProgress?.({ stage: 'adapting', ...progress })
    await pause()
    if (stop?.aborted) throw new Stopped()
  }
}

/** Returns a function that measures the classifier behind a given frontend, with the room's noise and without. */
function createMeasure(
  classifier: LayersModel,
  room: RoomSounds,
  sounds: readonly LabelledSound[],
  { onProgress, stop }: AdaptHooks,
): (frontend: FrontendDescription) => Promise<InRoomAndQuiet> {
  const sets = [true, false].map((isNoisy) => room.toMeasure(sounds, isNoisy))
  return async (frontend) => {
    const fixed = new FixedFrontend(frontend, sets[0][0].sound.length)
    const pause = createPause()
    let done = 0
    const of = 2 * sounds.length
    const measureOne = async (examples: readonly SoundExample[]): Promise<SoundsMeasure> => {
      const scores = await scoresOf(fixed, classifier, examples, SCORING_BATCH, async () => {
        done = Math.min(of, done + SCORING_BATCH)
        onProgress?.({ stage: 'measuring', done, of })
        await pause()
        if (stop?.aborted) throw new Stopped()
      })
      return { ...measureOf(scores, examples), right: rightOf(scores, examples) }
    }
    return { inRoom: await measureOne(sets[0]), inQuiet: await measureOne(sets[1]) }
  }
}
