/**
 * y[t] = Σ_j x[t - left + j] taps[j], x being zero outside the signal. Six samples at once, since a sum waits for its
 * last addition; each keeps its order of additions.
 *
 * @returns `count` values from t = 0
 */
export function correlate(
  signal: ArrayLike<number>,
  taps: Float64Array,
  left: number,
  count: number,
): Float64Array {
  const padded = new Float64Array(Math.max(count, signal.length) + taps.length + left + 5)
  padded.set(signal, left)
  const sums = new Float64Array(count)
  for (let t = 0; t < count; t += 6) {
    let [sum0, sum1, sum2, sum3, sum4, sum5] = [0, 0, 0, 0, 0, 0]
    let [x0, x1, x2] = [padded[t], padded[t + 1], padded[t + 2]]
    let [x3, x4] = [padded[t + 3], padded[t + 4]]
    for (let j = 0; j < taps.length; j++) {
      const tap = taps[j]
      const x5 = padded[t + j + 5]
      sum0 += x0 * tap
      sum1 += x1 * tap
      sum2 += x2 * tap
      sum3 += x3 * tap
      sum4 += x4 * tap
      sum5 += x5 * tap
      x0 = x1
      x1 = x2
      x2 = x3
      x3 = x4
      x4 = x5
    }
    // What lies past the end of an array is not written.
    sums[t] = sum0
    sums[t + 1] = sum1
    sums[t + 2] = sum2
    sums[t + 3] = sum3
    sums[t + 4] = sum4
    sums[t + 5] = sum5
  }
  return sums
}
