/**
 * y[t] = Σ_j x[t - left + j] taps[j], x being zero outside the signal. Four samples at once, since a sum waits for its
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
  const padded = new Float64Array(Math.max(count, signal.length) + taps.length + left + 3)
  padded.set(signal, left)
  const sums = new Float64Array(count)
  for (let t = 0; t < count; t += 4) {
    let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0]
    let [x0, x1, x2] = [padded[t], padded[t + 1], padded[t + 2]]
    for (let j = 0; j < taps.length; j++) {
      const tap = taps[j]
      const x3 = padded[t + j + 3]
      sum0 += x0 * tap
      sum1 += x1 * tap
      sum2 += x2 * tap
      sum3 += x3 * tap
      x0 = x1
      x1 = x2
      x2 = x3
    }
    // What lies past the end of an array is not written.
    sums[t] = sum0
    sums[t + 1] = sum1
    sums[t + 2] = sum2
    sums[t + 3] = sum3
  }
  return sums
}
