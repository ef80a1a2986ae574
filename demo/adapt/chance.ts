/** Of two states, sounds that only the second one gets right, and those that only the first one does. */
export interface Changed {
  readonly won: number
  readonly lost: number
}

/** A gain in sounds, and where it lies with a certainty of 95 %. */
export interface Gain {
  readonly gain: number
  readonly from: number
  readonly to: number
  /** Whether zero lies there too: as much comes of tossing a coin for every sound whose answer changed. */
  readonly isChance: boolean
}

/** Probability left out at either end. */
const TAIL = 0.025
/** Halvings of the interval that a bound is searched in: to 1e-15. */
const HALVINGS = 50

/** @param before whether each sound was right @param after the same sounds in the same order */
export function changedBetween(before: readonly boolean[], after: readonly boolean[]): Changed {
  const count = (was: boolean) => before.filter((right, i) => right === was && after[i] !== was).length
  return { won: count(false), lost: count(true) }
}

/**
 * The exact interval of a paired difference. Sounds whose answer stayed say nothing; of the others the share won is
 * binomial, with the bounds of Clopper and Pearson (1934). Zero lies outside where McNemar's exact test rejects at 5 %,
 * six changed sounds all won at the least. Sounds are taken to be independent.
 */
export function gainOf({ won, lost }: Changed): Gain {
  const changed = won + lost
  if (changed === 0) return { gain: 0, from: 0, to: 0, isChance: true }
  const from = won === 0 ? 0 : bisected((share) => atLeast(won, changed, share) < TAIL)
  const to = lost === 0 ? 1 : bisected((share) => atLeast(won + 1, changed, share) < 1 - TAIL)
  const inSounds = (share: number) => changed * (2 * share - 1)
  return {
    gain: won - lost,
    from: inSounds(from),
    to: inSounds(to),
    isChance: from <= 0.5 && to >= 0.5,
  }
}

/** Where a condition that holds from 0 on ceases to. */
function bisected(holds: (share: number) => boolean): number {
  let [low, high] = [0, 1]
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2
    if (holds(middle)) low = middle
    else high = middle
  }
  return low
}

/** Probability of so many of `n` or more. */
function atLeast(count: number, n: number, share: number): number {
  let sum = 0
  let logCoefficient = 0
  for (let k = 0; k <= n; k++) {
    if (k > 0) logCoefficient += Math.log(n - k + 1) - Math.log(k)
    if (k >= count) sum += Math.exp(logCoefficient + k * Math.log(share) + (n - k) * Math.log1p(-share))
  }
  return sum
}
