import { shareBounds } from '../common/index.ts'

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
  const { from, to } = shareBounds(won, changed)
  const inSounds = (share: number) => changed * (2 * share - 1)
  return {
    gain: won - lost,
    from: inSounds(from),
    to: inSounds(to),
    isChance: from <= 0.5 && to >= 0.5,
  }
}
