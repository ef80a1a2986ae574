/**
 * Elementary functions of + - × ÷ alone. JavaScript leaves the last bits of Math.sin and its like to each
 * engine, and they differ; with these a description gives the same plan, and so the same features to the
 * last bit, in every browser and in Node. Relative errors are some 1e-16.
 */

const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
// pi / 2 as the sum of 33 bits, so that small multiples are exact, and the rest.
const HALF_PI_HIGH = 1.5707963267341256
const HALF_PI_LOW = 6.077100506506192e-11

const sineTerms = reciprocalFactorials(1, 19)
const cosineTerms = reciprocalFactorials(0, 18)

/** Sine of an angle in radians, up to a million in size. */
export function sin(angle: number): number {
  return onCircle(angle, 0)
}

/** Cosine of an angle in radians, up to a million in size. */
export function cos(angle: number): number {
  return onCircle(angle, 1)
}

/** e to the power of x; zero below the normal numbers. */
export function exp(x: number): number {
  if (x < -708) return 0
  if (x > 709) return Number.POSITIVE_INFINITY
  const power = Math.round(x / Math.LN2)
  const rest = x - power * LN2_HIGH - power * LN2_LOW
  let sum = 1
  for (let n = 14; n > 0; n--) sum = 1 + (rest / n) * sum
  return scale(sum, power)
}

/** Natural logarithm of a positive normal number. */
export function log(x: number): number {
  let power = 0
  let mantissa = x
  for (; mantissa > Math.SQRT2; power++) mantissa /= 2
  for (; mantissa < Math.SQRT1_2; power--) mantissa *= 2
  // log m = 2 artanh((m - 1) / (m + 1)), a series in a number below 0.172.
  const s = (mantissa - 1) / (mantissa + 1)
  let sum = 0
  for (let n = 23; n > 1; n -= 2) sum = (sum + 1 / n) * s * s
  return power * LN2_HIGH + (2 * s * (1 + sum) + power * LN2_LOW)
}

/** x to the power of y, for x of at least 0 and positive y. */
export function pow(x: number, y: number): number {
  return x === 0 ? 0 : exp(y * log(x))
}

function onCircle(angle: number, quarterTurns: number): number {
  const quarter = Math.round(angle / (Math.PI / 2))
  const rest = angle - quarter * HALF_PI_HIGH - quarter * HALF_PI_LOW
  const quadrant = (((quarter + quarterTurns) % 4) + 4) % 4
  const value = quadrant % 2 === 0 ? rest * series(sineTerms, rest * rest) : series(cosineTerms, rest * rest)
  return quadrant < 2 ? value : -value
}

function series(terms: readonly number[], square: number): number {
  let sum = 0
  for (let n = terms.length - 1; n >= 0; n--) sum = terms[n] + square * sum
  return sum
}

/** 1 / n! with alternating signs, for every second n. */
function reciprocalFactorials(from: number, to: number): number[] {
  const terms = [1]
  for (let n = from + 2; n <= to; n += 2) terms.push(-terms[terms.length - 1] / (n * (n - 1)))
  return terms
}

/** value · 2^power, exactly, for powers of normal numbers. */
function scale(value: number, power: number): number {
  let factor = power < 0 ? 0.5 : 2
  let scaled = value
  for (let rest = Math.abs(power); rest > 0; rest >>= 1) {
    if (rest & 1) scaled *= factor
    factor *= factor
  }
  return scaled
}
