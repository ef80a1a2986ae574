import type { TrainerOptions, TrainingOptions } from '../training/index.ts'
import type { TeachingChoice } from './choice.ts'

/** Hyperparameters of one training stage. Those of this file are chosen, not fitted, where they do not say otherwise. */
export interface StageSettings {
  readonly batch: number
  readonly training: TrainingOptions
  readonly trainer: Omit<TrainerOptions, 'seed'>
}

const REGULARISATION = { dropout: 0.2, decay: 0.02 } as const

/**
 * Of the discriminant. Chosen on valid clips, of 0.1, 0.3, 0.6, 0.8 and 0.9, by the mean of words, instruments and birds at
 * five examples per class, and of words and instruments at twenty; `npm run fewshot -- --split valid` measures the value
 * set here.
 */
export const SHRINKAGE = 0.8

/** Augmented copies per example: about 1500 embeddings in all bound the time, 1 to 8 each. */
export function augmentedCopies(examples: number): number {
  return Math.min(8, Math.max(1, Math.round(1500 / examples)))
}

/** The last layer, trained on embeddings, initialised with their discriminant. */
// Seven times the rate moved it away from the discriminant: instruments were told apart worse, words no better (`npm run
// fewshot -- --split valid` measures what is set here).
export function headSettings(steps = 300): StageSettings {
  return {
    batch: 64,
    training: { steps, rate: 0.0003, check: Math.ceil(steps / 15), patience: 5 },
    trainer: {
      ...REGULARISATION,
      emaDecay: 0.95,
      learn: 'nothing',
      frontendRate: 0,
      unmasked: true,
    },
  }
}

/** Fine-tuning after the last layer has converged. @param examples number of training examples @param wanted steps */
export function fineTuningSettings(
  choice: Exclude<TeachingChoice, 'head'>,
  examples: number,
  wanted: number | undefined,
): StageSettings {
  const isAll = choice === 'everything'
  const batch = 16
  const epochs = isAll ? 8 : 5
  const steps = wanted ?? Math.min(1200, Math.max(60, Math.ceil((epochs * examples) / batch)))
  return {
    batch,
    training: { steps, rate: isAll ? 0.001 : 0.003, check: Math.ceil(steps / 8), patience: 3 },
    trainer: {
      ...REGULARISATION,
      emaDecay: 0.95,
      learn: isAll ? 'all' : 'compression',
      frontendRate: isAll ? 0.5 : 1,
      lastOnly: !isAll,
    },
  }
}
