import type { Model } from '../../src/model/index.ts'
import { SmoothedScores } from '../desk/index.ts'
import type { Kind } from './heads.ts'

/**
 * A kind of sound is heard from this score of one of its labels on: more likely than not. The labels' thresholds may lie
 * higher, where an event that is told wrongly costs more than a question that is answered in vain.
 */
const HEARD = 0.5
/** Seconds that it counts as heard after that: the windows of the heads reach as far back, and an answer can be read. */
const HOLD = 1.5

/** Which kinds of sound there are, as the events model hears them. */
export class KindsHeard {
  readonly #labels: readonly string[]
  readonly #smoothed: SmoothedScores
  /** Seconds, by label: when it was heard last. */
  readonly #last: number[]
  #now = Number.NEGATIVE_INFINITY

  constructor({ labels, decoding }: Pick<Model, 'labels' | 'decoding'>) {
    this.#labels = labels
    this.#smoothed = new SmoothedScores(labels.length, decoding.smoothingSeconds)
    this.#last = labels.map(() => Number.NEGATIVE_INFINITY)
  }

  /** Scores of a window, and its centre in seconds; later than before. */
  add(center: number, scores: ArrayLike<number>): void {
    this.#now = center
    this.#smoothed.add(center, scores)
    this.#smoothed.values.forEach((score, place) => {
      if (score >= HEARD) this.#last[place] = center
    })
  }

  /** Whether one of its labels was heard just now. */
  has({ labels }: Kind): boolean {
    return labels.some((label) => this.#now - this.#last[this.#labels.indexOf(label)] <= HOLD)
  }

  clear(): void {
    this.#last.fill(Number.NEGATIVE_INFINITY)
    this.#smoothed.values.fill(0)
  }
}
