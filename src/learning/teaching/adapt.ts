import type { Sequential } from '@tensorflow/tfjs-layers'
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
import { measured, rightOf, scoresOf } from './held-out.ts'
import type { LabelledSound } from './labelled-sound.ts'
import { createPause } from './pause.ts'
import type { RoomNoise } from './room-noise.ts'
import { RoomSounds } from './room-sounds.ts'
import { canvasOf } from './teaching-examples.ts'

export interface AdaptHooks {
  /** Called after each piece of work. */
  readonly onProgress?: (progress: AdaptingProgress) => void
  /** Once aborted, the present piece of work is the last one. */
  readonly stop?: AbortSignal
}

export interface RoomOptions extends RoomNoise {
  /** A whole number; the same seed, sounds and noise, the same model. */
  readonly seed: number
  /** For the model's card. */
  readonly when: Date
}

/** Seconds to learn from: more of them is slower, not better. */
const LEARNED_SECONDS = 50
const MEASURED = 200
/** Sounds that are scored at a time. */
const SCORED = 8

/** Ends the work from within. */
class Stopped extends Error {}

/**
 * Adapts a model to a room: half of the sounds are laid under its noise, and PCEN learns from them; the other half is
 * measured before and after, in the room and in the quiet. Filters and classifier stay as they are. Runs in Node and in
 * a page, on the TensorFlow.js backend in use.
 *
 * @param model with PCEN and without heads
 * @param sounds those of which the model has no label are passed over
 * @returns null when it was stopped before its end: the model is as good as it was
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
  const own = ownSounds(model, sounds)
  const { sampleRate } = model.frontend
  const least = canvasOf(model.frontend, model.classifier.windowFrames).samples
  const limits = { sampleRate, least, learned: LEARNED_SECONDS * sampleRate, measured: MEASURED }
  const chosen = chooseSounds(own, limits, options.seed)
  const room = new RoomSounds(model, own, options)
  const examples = room.toLearn(chosen.learned, options.seed)
  const seconds = secondsOf(examples, model.frontend)
  requireEnough(seconds)
  const classifier = (await buildLayersModel(model.classifier)) as Sequential
  try {
    const measure = measurer(classifier, room, chosen.measured, hooks)
    const before = await measure(model.frontend)
    const frontend = await adaptCompression(
      { frontend: model.frontend, classifier, isSoftmax: false },
      examples,
      {
        seed: options.seed,
        onStep: reporter(hooks),
      },
    )
    const after = await measure(frontend)
    const known = { before, after, measured: chosen.measured.length, snr: room.snr }
    return {
      model: writeModel({ ...model, frontend, card: adaptedCard(model, options.when, known) }),
      frontend,
      ...known,
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

/** @throws LeafError `arguments` for a model with heads, or one none of whose labels has a sound */
function ownSounds({ labels, heads }: Model, sounds: readonly LabelledSound[]): LabelledSound[] {
  if (heads) {
    throw refused(
      'A model with heads asks several questions of a sound, and an example answers one.',
      'Give a model with a sigmoid for every label, such as a taught one.',
    )
  }
  const own = sounds.filter(({ label }) => labels.includes(label))
  if (own.length > 0) return own
  throw refused(
    `There is no example of any of the sounds of the model: ${labels.join(', ')}.`,
    'Record some of them, under the same names.',
  )
}

/** @throws LeafError `arguments` */
function requireEnough(seconds: number): void {
  if (seconds >= LEAST_SECONDS) return
  throw refused(
    `Half of the examples are learned from: ${seconds.toFixed(1)} seconds are too little to adapt to a room.`,
    `Give at least ${2 * LEAST_SECONDS} seconds in all, an even number of examples of each class, better two minutes.`,
  )
}

/** Waits between two pieces of work, and ends it where that is wanted. */
function reporter({ onProgress, stop }: AdaptHooks) {
  const pause = createPause()
  return async (progress: { step: number; steps: number; loss: number }) => {
    onProgress?.({ stage: 'adapting', ...progress })
    await pause()
    if (stop?.aborted) throw new Stopped()
  }
}

/** Measures a frontend before the classifier, in the room and in the quiet. */
function measurer(
  classifier: Sequential,
  room: RoomSounds,
  sounds: readonly LabelledSound[],
  { onProgress, stop }: AdaptHooks,
): (frontend: FrontendDescription) => Promise<InRoomAndQuiet> {
  const sets = [true, false].map((isNoisy) => room.toMeasure(sounds, isNoisy))
  return async (frontend) => {
    const behind = new FixedFrontend(frontend, sets[0][0].sound.length)
    const pause = createPause()
    let done = 0
    const of = 2 * sounds.length
    const measureOne = async (examples: readonly SoundExample[]): Promise<SoundsMeasure> => {
      const scores = await scoresOf(behind, classifier, examples, SCORED, async () => {
        done = Math.min(of, done + SCORED)
        onProgress?.({ stage: 'measuring', done, of })
        await pause()
        if (stop?.aborted) throw new Stopped()
      })
      return { ...measured(scores, examples), right: rightOf(scores, examples) }
    }
    return { inRoom: await measureOne(sets[0]), inQuiet: await measureOne(sets[1]) }
  }
}
