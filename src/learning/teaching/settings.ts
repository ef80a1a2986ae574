import type { TrainerOptions, TrainingOptions } from '../training/index.ts'
import type { TeachingChoice } from './choice.ts'

/** How one stage of a teaching is trained. */
export interface StageSettings {
  readonly batch: number
  readonly training: TrainingOptions
  readonly trainer: Omit<TrainerOptions, 'seed'>
}

const LABELS_APART = { dropout: 0.2, decay: 0.02 } as const

/** Changed copies of each example from which a last layer learns: fewer of many examples, whose embedding takes long. */
export function variantsOf(examples: number): number {
  return Math.min(8, Math.max(1, Math.round(1500 / examples)))
}

/** The last layer on embeddings, from their discriminant: every teaching begins with it, and most need no more. */
// At ten times the rate the few examples draw it away from where the discriminant puts it, and it tells less apart.
export function headStage(steps = 300): StageSettings {
  return {
    batch: 64,
    training: { steps, rate: 0.002, check: Math.ceil(steps / 15), patience: 5 },
    trainer: {
      ...LABELS_APART,
      emaDecay: 0.95,
      learn: 'nothing',
      frontendRate: 0,
      unmasked: true,
    },
  }
}

/** What comes after the last layer has found its place. @param examples learned from */
export function secondStage(
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
      ...LABELS_APART,
      emaDecay: 0.95,
      learn: isAll ? 'all' : 'compression',
      frontendRate: isAll ? 0.5 : 1,
      lastOnly: !isAll,
    },
  }
}
