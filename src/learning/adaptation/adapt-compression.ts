import type { LayersModel } from '@tensorflow/tfjs-layers'
import { LeafError } from '../../error.ts'
import type { FrontendDescription } from '../../frontend/index.ts'
import { AdamW, clipByGlobalNorm, warmUpCosine } from '../optimiser/index.ts'
import { streams } from '../random/index.ts'
import { type AdaptationExample, checkExamples } from './adaptation-example.ts'
import { EnergyAnalysis } from './energy-analysis.ts'
import { differentiate, drawWindow } from './energy-windows.ts'
import { FrozenClassifier } from './frozen-classifier.ts'
import { MovedCompression, pcenOf } from './moved-compression.ts'

/** A model to adapt; not modified. */
export interface AdaptableModel {
  /** Must have PCEN. */
  readonly frontend: FrontendDescription
  readonly classifier: LayersModel
  /** Outputs are logits of a softmax; otherwise sigmoid scores. */
  readonly isSoftmax: boolean
}

export interface AdaptationSettings {
  /** Optimiser steps, each on one random window of every example. */
  readonly steps: number
  /** Peak learning rate, in natural steps of delta per optimiser step. */
  readonly rate: number
}

export interface AdaptationOptions extends Partial<AdaptationSettings> {
  /** Deterministic: the same seed and examples give the same frontend. */
  readonly seed: number
  /** Indices of labels masked out of the loss, such as that of the noise. */
  readonly leftOut?: readonly number[]
  /** Called after each step and awaited, so that a page can draw. */
  readonly onStep?: (progress: AdaptationProgress) => void | Promise<void>
}

export interface AdaptationProgress {
  /** Steps done. */
  readonly step: number
  readonly steps: number
  /** Nats, as `FeatureGradient.loss`, on this step's windows before the update. */
  readonly loss: number
}

/** Fitted with `npm run adapt -- --split valid --steps … --rate …` on events in noise (test/results/README.md). */
export const ADAPTATION: AdaptationSettings = { steps: 30, rate: 0.04 }

/**
 * Learning rate factors of alpha, delta, root and smooth, fitted with the command of `ADAPTATION`, which measures the
 * values set here. Delta and root remove a steady noise and need few examples; at their rate, alpha and smooth would
 * overfit.
 */
const RATE_FACTORS = [0.005, 1, 0.4, 0.02]
/** AdamW's weight decay towards the initial values, per unit of learning rate; fitted like `RATE_FACTORS`. */
const DECAY = 3
/** Largest offset, natural steps: below 1, so that no value reaches 0. Chosen, not fitted. */
const MAX_OFFSET = 0.9
/** Global norm for gradient clipping, as in `Trainer`. Chosen, not fitted. */
const MAX_GRADIENT_NORM = 4

/**
 * Trains PCEN's alpha, delta, root and smooth on a few labelled sounds recorded in a room, with filters and classifier
 * frozen (Meng, Sethu, Ambikairajah, arXiv 2404.06702). Pooled energies are computed once. Runs in Node and in the
 * browser, on the active TensorFlow.js backend (`prepareBackend`).
 *
 * @returns the frontend with the trained PCEN
 * @throws LeafError `arguments` for a frontend without PCEN, or examples that are too few or do not fit the model;
 * `training` if the loss or a gradient is not finite
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
  const energies = examples.map(({ sound, target }) => ({ energies: analysis.of(sound), target }))
  const moved = new MovedCompression(frontend, compression)
  const optimiser = new AdamW(
    moved.offsets.map((values, p) => ({ values, rate: RATE_FACTORS[p], decay: DECAY })),
  )
  for (let step = 0; step < steps; step++) {
    const random = streams.adaptationWindows(seed, step)
    const windows = energies.map((one) => drawWindow(one, classifier.window, random))
    const { loss, gradients } = await differentiate(classifier, moved.current, windows)
    requireFinite(loss, gradients, step + 1)
    const offsetGradients = moved.offsetGradients(gradients)
    clipByGlobalNorm(offsetGradients, MAX_GRADIENT_NORM)
    optimiser.step(offsetGradients, warmUpCosine(step, steps, rate))
    moved.update(MAX_OFFSET)
    await onStep?.({ step: step + 1, steps, loss })
  }
  return { ...frontend, compression: moved.current }
}

function requireFinite(loss: number, gradients: readonly Float64Array[], step: number): void {
  if (Number.isFinite(loss) && gradients.every((values) => values.every(Number.isFinite))) return
  throw new LeafError(
    'training',
    `At step ${step} of adapting the loss or a gradient is not a finite number.`,
    'Check the model on the quiet clips first: its weights give no finite scores for these sounds.',
  )
}
