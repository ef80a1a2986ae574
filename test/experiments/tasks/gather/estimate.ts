/** A mean accuracy, and how sure it is. */
export interface Estimate {
  readonly mean: number
  /** Of the mean. */
  readonly variance: number
  /** Of the variance, in the sense of Student's t; infinite where no spread of seeds went into it. */
  readonly degreesOfFreedom: number
}

/** Normal deviate of a two-sided 95 %. */
const Z = 1.959964
/** Right and wrong answers added to a test set, each. */
const ADDED = 2

/**
 * Accuracy of a system that was trained with k seeds and measured each time on the same n clips. Its variance is that
 * of drawing the clips, p(1-p) / n, which more seeds do not lessen, plus that of drawing the seeds, s² / k; the first
 * with two right and two wrong answers added, so that it does not vanish at 0 and 1 (Agresti & Coull, The American
 * Statistician 52, 1998). Degrees of freedom after Welch and Satterthwaite (Guide to the Expression of Uncertainty in
 * Measurement, JCGM 100:2008, G.4.1), k-1 for the seeds and infinitely many for the clips.
 *
 * @param accuracies one per seed, 0 to 1
 * @param clips n
 */
export function estimateOf(accuracies: readonly number[], clips: number): Estimate {
  const seeds = accuracies.length
  const mean = meanOf(accuracies)
  const adjusted = (mean * clips + ADDED) / (clips + 2 * ADDED)
  const ofClips = {
    variance: (adjusted * (1 - adjusted)) / (clips + 2 * ADDED),
    degreesOfFreedom: Number.POSITIVE_INFINITY,
  }
  if (seeds === 1) return { mean, ...ofClips }
  const squares = accuracies.reduce((sum, accuracy) => sum + (accuracy - mean) ** 2, 0)
  const ofSeeds = { variance: squares / (seeds - 1) / seeds, degreesOfFreedom: seeds - 1 }
  return { mean, ...sumOf([ofClips, ofSeeds]) }
}

/** Mean over tasks, whose clips and trainings have nothing in common. */
export function averageOf(estimates: readonly Estimate[]): Estimate {
  const { variance, degreesOfFreedom } = sumOf(estimates)
  return {
    mean: meanOf(estimates.map(({ mean }) => mean)),
    variance: variance / estimates.length ** 2,
    degreesOfFreedom,
  }
}

/** Half the width of the 95 % interval. */
export function halfInterval({ variance, degreesOfFreedom }: Omit<Estimate, 'mean'>): number {
  return studentDeviate(degreesOfFreedom) * Math.sqrt(variance)
}

/** Whether the 95 % interval of the difference leaves out 0; as if both had been measured on clips of their own. */
export function areApart(one: Estimate, other: Estimate): boolean {
  return Math.abs(one.mean - other.mean) > halfInterval(sumOf([one, other]))
}

/**
 * Student's t of a two-sided 95 % by its expansion about the normal deviate (Abramowitz & Stegun 26.7.5): 0.1 % low
 * with 3 degrees of freedom, 0.8 % with 2, 11 % with 1.
 *
 * @param degreesOfFreedom at least 1, not only whole numbers
 */
export function studentDeviate(degreesOfFreedom: number): number {
  const square = Z * Z
  const terms = [
    (square + 1) / 4,
    ((5 * square + 16) * square + 3) / 96,
    (((3 * square + 19) * square + 17) * square - 15) / 384,
    ((((79 * square + 776) * square + 1482) * square - 1920) * square - 945) / 92160,
  ]
  return Z * terms.reduce((sum, term, i) => sum + term / degreesOfFreedom ** (i + 1), 1)
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Variance of a sum of independent terms, and its degrees of freedom. */
function sumOf(terms: readonly Omit<Estimate, 'mean'>[]): Omit<Estimate, 'mean'> {
  const variance = terms.reduce((sum, term) => sum + term.variance, 0)
  const inverse = terms.reduce((sum, term) => sum + term.variance ** 2 / term.degreesOfFreedom, 0)
  return { variance, degreesOfFreedom: variance ** 2 / inverse }
}
