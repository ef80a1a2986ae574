import type { Card, Model } from '../../model/index.ts'
import type { Adapted } from './adapted.ts'
import type { TeachingChoice } from './choice.ts'
import type { Measure } from './progress.ts'

export interface Teaching {
  readonly name: string
  readonly when: Date
  readonly learn: TeachingChoice
  readonly seed: number
  readonly learned: number
  readonly heldOut: number
  readonly measure: Measure
}

export type RoomFigures = Pick<Adapted, 'before' | 'after' | 'measured' | 'snr'>

const OWN = 'own recordings'
const LEARNED: Readonly<Record<TeachingChoice, string>> = {
  head: 'the last layer was learned anew',
  'head+compression': 'the last layer was learned anew, and the compression learned on',
  everything: 'the last layer was learned anew, and everything else learned on',
}

/** Card of a taught model; keeps the base model's data, licences and credits. */
export function teachingCard({ card }: Model, teaching: Teaching): Card {
  const { name, when, learn, seed, learned, heldOut, measure } = teaching
  return {
    name,
    description:
      `Taught on ${when.toISOString().slice(0, 10)} from the model "${card.name}": ${LEARNED[learn]}, ` +
      `from ${learned} examples, seed ${seed}. Scores are sigmoid outputs; thresholds and metrics are of ` +
      `${heldOut} held-out examples.`,
    data: [...card.data.filter((entry) => entry !== OWN), OWN],
    licences: card.licences,
    credits: card.credits,
    metrics: { 'held-out accuracy': measure.accuracy, 'held-out cross entropy': measure.loss },
  }
}

/** Card of an adapted model: the original card with a sentence and three metrics added. */
export function adaptedCard(
  { card }: Model,
  when: Date,
  { before, after, measured, snr }: RoomFigures,
): Card {
  return {
    ...card,
    description:
      `${card.description} PCEN was adapted on ${when.toISOString().slice(0, 10)} to a room that is ` +
      `${Math.round(snr)} dB below its sounds, measured on ${measured} of them, of which PCEN learned nothing here; ` +
      'the classifier may have.',
    metrics: {
      ...card.metrics,
      'accuracy in the room before': before.inRoom.accuracy,
      'accuracy in the room': after.inRoom.accuracy,
      'accuracy in the quiet': after.inQuiet.accuracy,
    },
  }
}
