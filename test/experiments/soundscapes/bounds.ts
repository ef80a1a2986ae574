import type { Decoding, Model } from '../../../src/model/index.ts'
import { SILENCE } from './material.ts'

/** Highest thresholds, and shortest events in seconds, of the table: one window at a hop of 0.24 s, and two. */
export const BOUNDS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1]
export const MINIMA = [0.2, 0.3]

/** A decoding in which silence is told as the model says: where nothing else is. */
export function withOwnSilence(decoding: Decoding, model: Model): Decoding {
  const silence = model.labels.indexOf(SILENCE)
  const labels = decoding.labels.map((label, i) => (i === silence ? model.decoding.labels[i] : label))
  return { ...decoding, labels }
}
