import type { LayersModel } from '@tensorflow/tfjs-layers'
import { LeafError } from '../../error.ts'
import type { FrontendDescription } from '../../frontend/index.ts'
import { AdamW, clipByGlobalNorm, warmUpCosine } from '../optimiser/index.ts'
import { streams } from '../random/index.ts'
import { type AdaptationExample, checkExamples } from './adaptation-example.ts'
import { EnergyAnalysis } from './energy-analysis.ts'
import { FrozenClassifier } from './frozen-classifier.ts'
import { differentiate, drawWindow } from './heard-windows.ts'
import { MovedCompression, pcenOf } from './moved-compression.ts'

/** Of a model file what adapting looks at; nothing of it changes. */
export interface AdaptableModel {
  /** With PCEN. */
  readonly frontend: FrontendDescription
  readonly classifier: LayersModel
  /** Whether its outputs are logits, of which one label holds; else every label has a sigmoid. */
  readonly isSoftmax: boolean
}

export interface AdaptationSettings {
  /** Passes over the examples, a window of each at a time. */
  readonly steps: number
  /** Highest learning rate: how many natural steps of delta a step goes. */
  readonly rate: number
}

export interface AdaptationOptions extends Partial<AdaptationSettings> {
  /** The same seed and examples, the same frontend. */
  readonly seed: number
  /** Places of labels that are neither learned nor unlearned, as that of the room's own noise. */
  readonly leftOut?: readonly number[]
  /** Called after each step; it is waited for, so that a page can draw. */
  readonly onStep?: (progress: AdaptationProgress) => void | Promise<void>
}

export interface AdaptationProgress {
  /** Steps done. */
  readonly step: number
  readonly steps: number
  /** In nats, as `FeatureGradient.loss`, on the windows of this step before it was taken. */
  readonly loss: number
}

/** Chosen on the valid split of the data pack's events, as `RATES` and `PULL` are. */
export const ADAPTATION: AdaptationSettings = { steps: 30, rate: 0.04 }

/**
 * Of alpha, delta, root and smooth: factors on the rate. Offset and root take a steady noise away and ask for few
 * sounds; gain control and smoother, as fast as these, learn the few sounds by heart.
 */
const RATES = [0.005, 1, 0.4, 0.02]
/** Share of the distance from the start that is taken off per unit of learning rate. */
const PULL = 3
/** Natural steps from the start that no number leaves: nothing can become 0 or infinite there. */
const FURTHEST = 0.9
const LONGEST_GRADIENT = 4

/**
 * Adapts the compression of a frontend to a room: PCEN's four lists learn from a few labelled sounds that were heard
 * there, while filters and classifier stay as they are (Meng, Sethu, Ambikairajah, arXiv 2404.06702). Runs in Node and
 * in a page, on the TensorFlow.js backend in use, which `prepareBackend` makes ready; the filters are applied once.
 *
 * @returns the frontend with other alpha, delta, root and smooth
 * @throws LeafError `arguments` for a frontend without PCEN, examples that do not fit the model or are too few;
 * `training` when the loss is not a finite number.
 */
export async function adaptCompression(
  { frontend, classifier: layers, isSoftmax }: AdaptableModel,
  examples: readonly AdaptationExample[],
  options: AdaptationOptions,
): Promise<FrontendDescription> {
  const { steps, rate, seed, leftOut = [], onStep } = { ...ADAPTATION, ...options }
  const compression = pcenOf(frontend)
  const classifier = new FrozenClassifier(layers, isSoftmax, leftOut)
  checkExamples(examples, classifier, frontend)
  const analysis = new EnergyAnalysis(frontend)
  const heard = examples.map(({ sound, target }) => ({ energies: analysis.of(sound), target }))
  const moved = new MovedCompression(frontend, compression)
  const optimiser = new AdamW(moved.offsets.map((values, p) => ({ values, rate: RATES[p], decay: PULL })))
  for (let step = 0; step < steps; step++) {
    const random = streams.adaptationWindows(seed, step)
    const windows = heard.map((one) => drawWindow(one, classifier.window, random))
    const { loss, gradients } = await differentiate(classifier, moved.present, windows)
    requireFinite(loss, gradients, step + 1)
    const perStep = moved.perStep(gradients)
    clipByGlobalNorm(perStep, LONGEST_GRADIENT)
    optimiser.step(perStep, warmUpCosine(step, steps, rate))
    moved.update(FURTHEST)
    await onStep?.({ step: step + 1, steps, loss })
  }
  return { ...frontend, compression: moved.present }
}

function requireFinite(loss: number, gradients: readonly Float64Array[], step: number): void {
  if (Number.isFinite(loss) && gradients.every((values) => values.every(Number.isFinite))) return
  throw new LeafError(
    'training',
    `At step ${step} of adapting the loss or a gradient is not a finite number.`,
    'Check the model on the quiet clips first: its weights give no finite scores for these sounds.',
  )
}
