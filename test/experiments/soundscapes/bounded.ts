import type { Decoding, Model } from '../../../src/model/index.ts'
import { SILENCE } from './material.ts'

/** Highest thresholds, and shortest events in seconds, of the table: one window at a hop of 0.24 s, and two. */
export const BOUNDS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1]
export const MINIMA = [0.2, 0.3]

/** A decoding of which no threshold is above `highest`. Silence is told where nothing else is: its threshold stays. */
export function bounded(decoding: Decoding, model: Model, highest: number, minimumSeconds: number): Decoding {
  const silence = model.labels.indexOf(SILENCE)
  const labels = decoding.labels.map(({ on, off, ...others }, i) => {
    if (i === silence) return model.decoding.labels[i]
    const least = Math.min(on, highest)
    return { ...others, on: least, off: (off / on) * least, minimumSeconds }
  })
  return { ...decoding, labels }
}
