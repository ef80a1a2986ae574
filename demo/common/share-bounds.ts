/** Probability left out at either end. */
const TAIL = 0.025
/** Halvings of the interval that a bound is searched in: to 1e-15. */
const HALVINGS = 50

/**
 * Where a share lies of which `count` in `of` were seen, with a certainty of 95 %: the exact binomial bounds of Clopper
 * and Pearson (1934).
 *
 * @param of 1 or more
 */
export function shareBounds(count: number, of: number): { readonly from: number; readonly to: number } {
  return {
    from: count === 0 ? 0 : bisected((share) => atLeast(count, of, share) < TAIL),
    to: count === of ? 1 : bisected((share) => atLeast(count + 1, of, share) < 1 - TAIL),
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
