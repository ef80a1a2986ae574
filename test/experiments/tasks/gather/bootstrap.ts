import type { Random } from '../../../../src/learning/random/index.ts'

/** What two systems answered to the same test clips of a task, for each seed that both were trained with. */
export interface PairedAnswers {
  /** Clips in each group: clips of a group (a recording, a speaker) stand or fall together. */
  readonly groups: readonly number[]
  /** Answers that were right, by clip, group by group. */
  readonly seeds: readonly { readonly one: readonly boolean[]; readonly other: readonly boolean[] }[]
}

/** Accuracy of one system less that of the other, 0 to 1, and the ends of its 95 % interval. */
export interface Difference {
  readonly mean: number
  readonly low: number
  readonly high: number
}

export interface BootstrapOptions {
  readonly random: Random
  /** Whether a seed is one training of all tasks, so that it is drawn for all of them at once. */
  readonly together?: boolean
  readonly replicates?: number
}

/**
 * The difference of two systems, the mean over tasks, with its interval by the percentile bootstrap (Efron & Tibshirani,
 * An Introduction to the Bootstrap, 1993, chapter 13): in every replicate the groups of each task's test clips and the
 * seeds are drawn anew, with replacement, and both systems answer the same draw. With k seeds their part of the
 * variance comes out too small by (k-1) / k, as of one seed none of it can be seen.
 *
 * @param tasks at least one, each with at least one group and one seed; together, all with the same seeds
 */
export function pairedDifference(
  tasks: readonly PairedAnswers[],
  { random, together = false, replicates = 4000 }: BootstrapOptions,
): Difference {
  const sums = tasks.map(groupSums)
  const mean = meanOver(sums, ({ groups, seeds }) => differenceOf(groups, seeds, (i) => i))
  const drawn = (count: number) => Array.from({ length: count }, () => random.below(count))
  const values = Float64Array.from({ length: replicates }, () => {
    const shared = together ? drawn(sums[0].seeds.length) : undefined
    return meanOver(sums, ({ groups, seeds }) => {
      const some = (shared ?? drawn(seeds.length)).map((seed) => seeds[seed])
      return differenceOf(groups, some, () => random.below(groups.length))
    })
  }).sort()
  return { mean, low: quantile(values, 0.025), high: quantile(values, 0.975) }
}

interface GroupSums {
  readonly groups: readonly number[]
  /** For each seed and group, right answers of the one less those of the other. */
  readonly seeds: readonly (readonly number[])[]
}

function groupSums({ groups, seeds }: PairedAnswers): GroupSums {
  return {
    groups,
    seeds: seeds.map(({ one, other }) => {
      let at = 0
      return groups.map((size) => {
        let sum = 0
        for (const end = at + size; at < end; at++) sum += Number(one[at]) - Number(other[at])
        return sum
      })
    }),
  }
}

/** The mean over seeds and the clips of as many groups as there are. @param groupAt chooses each group */
function differenceOf(
  sizes: readonly number[],
  seeds: readonly (readonly number[])[],
  groupAt: (i: number) => number,
): number {
  let [sum, clips] = [0, 0]
  for (let i = 0; i < sizes.length; i++) {
    const group = groupAt(i)
    clips += sizes[group]
    for (const seed of seeds) sum += seed[group]
  }
  return sum / (clips * seeds.length)
}

function meanOver(sums: readonly GroupSums[], of: (task: GroupSums) => number): number {
  return sums.reduce((sum, task) => sum + of(task), 0) / sums.length
}

/** Between the two values that lie beside it. @param sorted rising */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (place - below) * (sorted[above] - sorted[below])
}
