/** Nodes before the window's start and behind its end that may carry weight: they mend the window's jumps. */
const EXTRA_NODES = 5
/** Keeps the system well-posed where energies are sampled more densely than they vary. */
const RIDGE = 1e-10
/** Share of the variance below which two energies count as uncorrelated. */
const UNCORRELATED = 1e-10

/** Part of a pooling window that lies inside the signal: from tap `first` to before tap `last`. */
export interface Range {
  readonly first: number
  readonly last: number
}

/**
 * A pooling window of one weight a sample as weights on every `stride`-th energy: those that come closest to it for
 * white noise through the filter, min (ŵ-w)ᵀ C (ŵ-w), with the sum held. A linear map, whose adjoint is here too.
 */
export class SampledWindow {
  readonly stride: number
  /** Number of sampled energies. */
  readonly nodes: number
  /** Place of the first node, in samples after the window's first tap. */
  readonly firstPlace: number
  readonly #taps: number
  readonly #covariance: Float64Array
  readonly #reach: number
  readonly #factor: Float64Array
  readonly #band: number
  /** C⁻¹·1 and its sum. */
  readonly #ones: Float64Array
  readonly #onesSum: number

  /**
   * @param covariance of the energies by their distance in samples.
   * @param poolingLeft samples before a multiple of the stride at which the window begins.
   */
  constructor(covariance: Float64Array, taps: number, stride: number, poolingLeft: number) {
    const extra = stride === 1 ? 0 : EXTRA_NODES
    const before = Math.floor(-poolingLeft / stride) - extra
    this.stride = stride
    this.firstPlace = stride * before + poolingLeft
    this.nodes = Math.ceil((taps - 1 - this.firstPlace) / stride) + 1 + extra
    this.#taps = taps
    this.#covariance = covariance
    this.#reach = reachOf(covariance)
    if (stride === 1) this.nodes = taps
    this.#band = Math.min(this.nodes - 1, Math.floor(this.#reach / stride))
    this.#factor = stride === 1 ? new Float64Array(0) : this.#factorise()
    this.#ones = new Float64Array(this.nodes).fill(1)
    if (stride > 1) this.#solve(this.#ones)
    this.#onesSum = sumOf(this.#ones)
  }

  /** Weights of the nodes for a window cut to a range. */
  weights(window: Float64Array, range: Range): Float64Array {
    if (this.stride === 1) return window.map((weight, k) => (k >= range.first && k < range.last ? weight : 0))
    const solution = this.#right(window, range)
    this.#solve(solution)
    let missing = -sumOf(solution)
    for (let k = range.first; k < range.last; k++) missing += window[k]
    const share = missing / this.#onesSum
    for (let j = 0; j < this.nodes; j++) solution[j] += share * this.#ones[j]
    return solution
  }

  /** Adds ∂L/∂window to `target`, from ∂L/∂weights. */
  addGradient(weightGradients: Float64Array, range: Range, target: Float64Array): void {
    if (this.stride === 1) {
      for (let k = range.first; k < range.last; k++) target[k] += weightGradients[k]
      return
    }
    let held = 0
    for (let j = 0; j < this.nodes; j++) held += weightGradients[j] * this.#ones[j]
    held /= this.#onesSum
    const solution = weightGradients.map((value) => value - held)
    this.#solve(solution)
    for (let k = range.first; k < range.last; k++) target[k] += held
    const covariance = this.#covariance
    for (let j = 0; j < this.nodes; j++) {
      const place = this.firstPlace + j * this.stride
      const [from, middle, to] = this.#around(place, range)
      const value = solution[j]
      for (let k = from; k < middle; k++) target[k] += value * covariance[place - k]
      for (let k = middle; k < to; k++) target[k] += value * covariance[k - place]
    }
  }

  /**
   * Standard error, for white noise, of an energy pooled at the nodes, as a share of its mean.
   *
   * @param spread the window's own, `windowSpread` of it.
   */
  error(window: Float64Array, spread: number): number {
    const whole = { first: 0, last: this.#taps }
    const weights = this.weights(window, whole)
    const right = this.#right(window, whole)
    let squared = spread
    for (let j = 0; j < this.nodes; j++) {
      let row = 0
      for (let l = 0; l < this.nodes; l++) {
        row += (this.#covariance[this.stride * Math.abs(j - l)] ?? 0) * weights[l]
      }
      squared += weights[j] * (row - 2 * right[j])
    }
    return Math.sqrt(Math.max(0, squared) / this.#covariance[0]) / sumOf(window)
  }

  /** C between the nodes and the taps, times the window. */
  #right(window: Float64Array, range: Range): Float64Array {
    const right = new Float64Array(this.nodes)
    const covariance = this.#covariance
    for (let j = 0; j < this.nodes; j++) {
      const place = this.firstPlace + j * this.stride
      const [from, middle, to] = this.#around(place, range)
      let total = 0
      for (let k = from; k < middle; k++) total += covariance[place - k] * window[k]
      for (let k = middle; k < to; k++) total += covariance[k - place] * window[k]
      right[j] = total
    }
    return right
  }

  /** The taps of a range that are correlated with a place: the first, the first not before the place, the end. */
  #around(place: number, { first, last }: Range): [number, number, number] {
    const from = Math.max(first, place - this.#reach)
    const to = Math.min(last, place + this.#reach + 1)
    return [from, Math.min(Math.max(from, place), to), to]
  }

  /** Cholesky factor of C between the nodes, which has a band: row j holds its entries from j - band on. */
  #factorise(): Float64Array {
    const [n, band] = [this.nodes, this.#band]
    const width = band + 1
    const factor = new Float64Array(n * width)
    const ridge = this.#covariance[0] * RIDGE
    for (let j = 0; j < n; j++) {
      for (let l = Math.max(0, j - band); l <= j; l++) {
        let sum = this.#covariance[this.stride * (j - l)] + (j === l ? ridge : 0)
        for (let m = Math.max(0, j - band); m < l; m++) {
          sum -= factor[j * width + m - j + band] * factor[l * width + m - l + band]
        }
        factor[j * width + l - j + band] =
          j === l ? Math.sqrt(Math.max(sum, ridge)) : sum / factor[l * width + band]
      }
    }
    return factor
  }

  /** Solves C x = right in place. */
  #solve(right: Float64Array): void {
    const [n, band, factor] = [this.nodes, this.#band, this.#factor]
    const width = band + 1
    for (let j = 0; j < n; j++) {
      let sum = right[j]
      for (let m = Math.max(0, j - band); m < j; m++) sum -= factor[j * width + m - j + band] * right[m]
      right[j] = sum / factor[j * width + band]
    }
    for (let j = n - 1; j >= 0; j--) {
      let sum = right[j]
      const end = Math.min(n - 1, j + band)
      for (let m = j + 1; m <= end; m++) sum -= factor[m * width + j - m + band] * right[m]
      right[j] = sum / factor[j * width + band]
    }
  }
}

/** wᵀCw: the variance of a pooled energy for white noise. */
export function windowSpread(window: Float64Array, covariance: Float64Array): number {
  const reach = reachOf(covariance)
  let spread = 0
  for (let k = 0; k < window.length; k++) {
    let row = 0.5 * covariance[0] * window[k]
    const end = Math.min(window.length - 1, k + reach)
    for (let l = k + 1; l <= end; l++) row += covariance[l - k] * window[l]
    spread += 2 * window[k] * row
  }
  return spread
}

/** The largest distance at which energies are still correlated. */
function reachOf(covariance: Float64Array): number {
  return covariance.findLastIndex((value) => value > UNCORRELATED * covariance[0])
}

function sumOf(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum
}
