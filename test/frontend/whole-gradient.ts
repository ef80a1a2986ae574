import {
  compressionOf,
  correlate,
  type Filterbank,
  type FrontendDescription,
  filterbankOf,
  filterLeft,
  frameCount,
  type Geometry,
  geometryOf,
  type Part,
  poolingOf,
  slopeBelowZero,
  type TapFamily,
} from '../../src/frontend/index.ts'

/** Weight of a feature in the loss. */
type Weight = (frame: number, channel: number) => number

/** One array for each learnable parameter, by its name. */
type Gradients = Record<string, Float64Array>

/**
 * The gradient of Σ weight(frame, channel) · feature of a whole signal with respect to everything learnable, in
 * float64, by the plainest loops: the reference read backwards.
 */
export function wholeGradient(
  frontend: FrontendDescription,
  signal: Float64Array,
  weight: Weight,
): Gradients {
  return gradientOf(frontend, signal, filterOutputs(frontend, signal), weight, 0)
}

/**
 * As `wholeGradient`, twice: with every output of a filter where it is, and with those nearer than `rounding` to a
 * kink (of a rectifier, of the maximum) on the other side of it, as float32 may have them.
 */
export function wholeGradients(
  frontend: FrontendDescription,
  signal: Float64Array,
  weight: Weight,
  rounding: number,
): readonly [Gradients, Gradients] {
  const outputs = filterOutputs(frontend, signal)
  return [
    gradientOf(frontend, signal, outputs, weight, 0),
    gradientOf(frontend, signal, outputs, weight, rounding),
  ]
}

interface Complex {
  readonly re: Float64Array
  readonly im: Float64Array
}

function gradientOf(
  frontend: FrontendDescription,
  signal: Float64Array,
  outputs: readonly Complex[],
  weight: Weight,
  rounding: number,
): Gradients {
  const { pooling, compression, energyFloor, channels } = frontend
  const { filterbank } = frontend
  const geometry = geometryOf(frontend)
  const left = filterLeft(geometry)
  const frames = frameCount(geometry, signal.length)
  const pooled = poolingOf(pooling)
  const weighting = pooled.method === 'window' ? pooled : null
  const windows = weighting?.windows(pooling, geometry)

  const rectified = outputs.map((output) => rectification(frontend, output, rounding))
  const energies = new Float64Array(frames * channels)
  const largest = rectified.map(({ values }) => (windows ? [] : maxima(values, frames, geometry, rounding)))
  rectified.forEach(({ values }, n) => {
    const pooled = windows
      ? weightedSums(values, windows[n], frames, geometry)
      : largest[n].map((t) => values[t])
    pooled.forEach((value, i) => (energies[i * channels + n] = value))
  })

  const compressing = compressionOf(compression)
  const floored = energies.map((energy) => Math.max(energy, energyFloor))
  const outputGradients = energies.map((_, i) => weight(Math.floor(i / channels), i % channels))
  const compressed = compressing.gradient(compression, floored, outputGradients, channels)
  const back = compressed.energies.map((value, i) => (energies[i] >= energyFloor ? value : 0))

  const windowGradients: Float64Array[] = []
  const sums = new Float64Array(channels)
  const tapGradients = { real: [] as Float64Array[], imaginary: [] as Float64Array[] }
  rectified.forEach(({ values, slope }, n) => {
    const ofFrames = Float64Array.from({ length: frames }, (_, i) => back[i * channels + n])
    sums[n] = ofFrames.reduce((sum, value) => sum + value, 0)
    const ofValues = new Float64Array(signal.length)
    if (windows) windowGradients.push(unpool(values, windows[n], ofFrames, ofValues, geometry))
    else largest[n].forEach((t, i) => (ofValues[t] += ofFrames[i]))
    const ofTaps = (along: Float64Array | null) =>
      along
        ? correlate(
            signal,
            along.map((value, t) => value * ofValues[t]),
            left,
            geometry.windowLength,
          )
        : new Float64Array(geometry.windowLength)
    tapGradients.real.push(ofTaps(slope.re))
    tapGradients.imaginary.push(ofTaps(slope.im))
  })
  const filtering = tapFamily(frontend)
  return {
    ...named(filtering, filterbank, filtering.gradient(filterbank, tapGradients, geometry), geometry),
    ...(weighting &&
      named(weighting, pooling, weighting.gradient(pooling, windowGradients, sums, geometry), geometry)),
    ...named(compressing, compression, compressed.parameters, geometry),
  }
}

function named<Description extends { readonly kind: string }>(
  family: Part<Description>,
  description: Description,
  gradients: readonly Float64Array[],
  geometry: Geometry,
): Gradients {
  return Object.fromEntries(
    family.parameters(description, geometry).map(({ name }, i) => [name, gradients[i]]),
  )
}

function tapFamily({ filterbank }: FrontendDescription): TapFamily<Filterbank> {
  const family = filterbankOf(filterbank)
  if (family.domain !== 'time') throw new Error('Only filters in time are learned here.')
  return family
}

/** Output of each filter at each sample. */
function filterOutputs(frontend: FrontendDescription, signal: Float64Array): Complex[] {
  const geometry = geometryOf(frontend)
  const family = tapFamily(frontend)
  const outputOf = (taps: Float64Array) => correlate(signal, taps, filterLeft(geometry), signal.length)
  const { real, imaginary } = family.impulseResponses(frontend.filterbank, geometry)
  return real.map((taps, n) => ({
    re: outputOf(taps),
    im: family.complex ? outputOf(imaginary[n]) : new Float64Array(signal.length),
  }))
}

/** Rectified values and their slope along the real and the imaginary part, null where it is nothing. */
function rectification({ rectifier }: FrontendDescription, { re, im }: Complex, rounding: number) {
  const below = slopeBelowZero(rectifier)
  if (below === null) {
    const values = re.map((value, t) => value * value + im[t] * im[t])
    return { values, slope: { re: re.map((value) => 2 * value), im: im.map((value) => 2 * value) } }
  }
  const slope = re.map((value) => (value > 0 !== Math.abs(value) < rounding ? 1 : below))
  return { values: re.map((value, t) => value * slope[t]), slope: { re: slope, im: null } }
}

function weightedSums(
  values: Float64Array,
  window: Float64Array,
  frames: number,
  geometry: Geometry,
): number[] {
  return Array.from({ length: frames }, (_, i) => {
    let sum = 0
    const start = i * geometry.hop - geometry.poolingLeft
    const end = Math.min(window.length, values.length - start)
    for (let k = Math.max(0, -start); k < end; k++) sum += window[k] * values[start + k]
    return sum
  })
}

/** Adds to ∂L/∂values. @returns ∂L/∂window. */
function unpool(
  values: Float64Array,
  window: Float64Array,
  ofFrames: Float64Array,
  ofValues: Float64Array,
  geometry: Geometry,
): Float64Array {
  const ofWindow = new Float64Array(window.length)
  ofFrames.forEach((gradient, i) => {
    const start = i * geometry.hop - geometry.poolingLeft
    const end = Math.min(window.length, values.length - start)
    for (let k = Math.max(0, -start); k < end; k++) {
      ofValues[start + k] += gradient * window[k]
      ofWindow[k] += gradient * values[start + k]
    }
  })
  return ofWindow
}

/** Where in the window of each frame the largest value is, or another one within `rounding` of it. */
function maxima(values: Float64Array, frames: number, geometry: Geometry, rounding: number): number[] {
  return Array.from({ length: frames }, (_, i) => {
    const begin = i * geometry.hop - geometry.poolingLeft
    const start = Math.max(0, begin)
    const window = values.subarray(start, begin + geometry.windowLength)
    const largest = window.indexOf(Math.max(...window))
    const other = window.findIndex((value, k) => k !== largest && value > window[largest] - rounding)
    return start + (other < 0 ? largest : other)
  })
}
