/** Scores and targets are arrays of items, each with one number per label; targets are 0 or 1. */
type Rows = readonly ArrayLike<number>[]

/** Counts [true label][label of the highest score], of the items with one label only. */
export function confusion(scores: Rows, targets: Rows): number[][] {
  const labels = targets[0].length
  const counts = Array.from({ length: labels }, () => new Array<number>(labels).fill(0))
  targets.forEach((target, i) => {
    const own = Array.from(target)
    if (own.reduce((sum, value) => sum + value, 0) === 1) counts[own.indexOf(1)][highest(scores[i])]++
  })
  return counts
}

/** Share of all items on the diagonal. */
export function accuracy(counts: readonly (readonly number[])[]): number {
  const right = counts.reduce((sum, row, label) => sum + row[label], 0)
  return right / counts.flat().reduce((sum, count) => sum + count, 0)
}

/** Share on the diagonal per label; NaN for a label without items. */
export function recalls(counts: readonly (readonly number[])[]): number[] {
  return counts.map((row, label) => row[label] / row.reduce((sum, count) => sum + count, 0))
}

/** Mean of the numbers, those that are NaN left out. */
export function mean(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value))
  return known.reduce((sum, value) => sum + value, 0) / known.length
}

/** Per label: the mean, over its items, of the precision among all items that score at least as high; NaN without items. */
export function averagePrecisions(scores: Rows, targets: Rows): number[] {
  return column(targets, (label) => {
    const order = targets.map((_, i) => i).sort((a, b) => scores[b][label] - scores[a][label])
    let found = 0
    let sum = 0
    order.forEach((item, rank) => {
      if (targets[item][label] === 0) return
      found++
      sum += found / (rank + 1)
    })
    return sum / found
  })
}

export interface Detection {
  readonly precision: number
  readonly recall: number
  /** 2 P R / (P + R), 0 where nothing was found. */
  readonly f1: number
}

/** Per label: how well "score at least the threshold" finds its items. */
export function detections(scores: Rows, targets: Rows, thresholds: readonly number[]): Detection[] {
  return column(targets, (label) => {
    let [found, told, present] = [0, 0, 0]
    targets.forEach((target, i) => {
      const isTold = scores[i][label] >= thresholds[label]
      if (isTold) told++
      if (target[label] === 1) present++
      if (isTold && target[label] === 1) found++
    })
    return { precision: found / told, recall: found / present, f1: (2 * found) / (told + present) }
  })
}

/**
 * Per label the threshold between 0.2 and 0.8 with the highest F1: beyond, a few items decide, and a live stream has
 * many more windows than a set has items. A label with fewer than `least` items cannot choose: it takes the median of
 * the others.
 */
export function bestThresholds(scores: Rows, targets: Rows, least: number): number[] {
  const candidates = Array.from({ length: 61 }, (_, i) => (20 + i) / 100)
  const chosen = column(targets, (label) => {
    if (targets.reduce((sum, target) => sum + target[label], 0) < least) return Number.NaN
    const thresholds = (value: number) => new Array<number>(targets[0].length).fill(value)
    const f1 = candidates.map((value) => detections(scores, targets, thresholds(value))[label].f1)
    // The middle of the best stretch is further from a cliff than its ends.
    const best = candidates.filter((_, i) => f1[i] === Math.max(...f1))
    return best[Math.floor(best.length / 2)]
  })
  const known = chosen.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
  return chosen.map((value) => (Number.isNaN(value) ? (known[Math.floor(known.length / 2)] ?? 0.5) : value))
}

/** Scores of one stretch, and how often what they say is so. */
export interface ReliabilityBin {
  readonly from: number
  readonly to: number
  readonly count: number
  /** Mean of the scores, and share of them whose item has the label; NaN without any. */
  readonly score: number
  readonly right: number
}

const RELIABILITY_BINS = 10

/** The reliability curve over all items and labels but unknown ones (NaN): where scores say 80 %, eight in ten should be right. */
export function reliability(scores: Rows, targets: Rows): ReliabilityBin[] {
  const sums = Array.from({ length: RELIABILITY_BINS }, () => ({ count: 0, score: 0, right: 0 }))
  targets.forEach((target, i) => {
    for (let label = 0; label < target.length; label++) {
      if (Number.isNaN(target[label])) continue
      const score = scores[i][label]
      const bin = sums[Math.min(Math.floor(score * RELIABILITY_BINS), RELIABILITY_BINS - 1)]
      bin.count++
      bin.score += score
      bin.right += target[label]
    }
  })
  return sums.map(({ count, score, right }, i) => ({
    from: i / RELIABILITY_BINS,
    to: (i + 1) / RELIABILITY_BINS,
    count,
    score: score / count,
    right: right / count,
  }))
}

/**
 * Expected calibration error: the mean distance of scores from the share that is right, over bins weighted by their
 * counts (Guo et al. 2017, "On Calibration of Modern Neural Networks"). NaN without scores.
 */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
  const known = bins.filter(({ count }) => count > 0)
  const total = known.reduce((sum, { count }) => sum + count, 0)
  return known.reduce((sum, { count, score, right }) => sum + count * Math.abs(score - right), 0) / total
}

function column<Result>(targets: Rows, measure: (label: number) => Result): Result[] {
  return Array.from({ length: targets[0].length }, (_, label) => measure(label))
}

/** Place of the highest score, the first of several. */
export function highest(scores: ArrayLike<number>): number {
  return Array.from(scores).reduce((best, score, label) => (score > scores[best] ? label : best), 0)
}
