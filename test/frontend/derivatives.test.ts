import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Compression,
  compress,
  compressionOf,
  compressions,
  type Filterbank,
  filterbanks,
  type Geometry,
  type ImpulseResponses,
  type Part,
  poolings,
  type SpectralFamily,
  type TapFamily,
  type TapFilterbank,
  type WeightedPooling,
  type WindowFamily,
} from '../../src/frontend/index.ts'
import { seeded } from '../engine/signals.ts'

/** Share of a parameter's natural step by which it is moved to and fro. */
const MOVE = 1e-5
const CHANNELS = 3

const geometries = fc.record({
  sampleRate: fc.constantFrom(8000, 16000, 44100),
  windowLength: fc.integer({ min: 20, max: 60 }),
})

const geometryOf = (sizes: { sampleRate: number; windowLength: number }): Geometry => ({
  ...sizes,
  hop: 10,
  channels: CHANNELS,
  poolingLeft: 5,
  partialFrames: true,
})

/** Within the bounds, away from them by more than the moves. */
const inside = (random: () => number, low: number, high: number) =>
  Array.from({ length: CHANNELS }, () => low + (high - low) * (0.02 + 0.96 * random()))

const numbers = (random: () => number, length: number) =>
  Float64Array.from({ length }, () => 2 * random() - 1)

/** Compares the gradients with differences of the loss between parameters moved up and down. */
function expectDerivatives<Description extends { readonly kind: string }>(
  family: Part<Description>,
  description: Description,
  geometry: Geometry,
  loss: (description: Description) => number,
  gradients: readonly Float64Array[],
): void {
  const parameters = family.parameters(description, geometry)
  expect(gradients.map(({ length }) => length)).toEqual(parameters.map(({ values }) => values.length))
  parameters.forEach(({ name, values, steps }, p) => {
    const moved = (i: number, by: number) =>
      loss(
        family.withParameters(
          description,
          parameters.map((other) =>
            other.values.map((value, k) => (other.name === name && k === i ? value + by : value)),
          ),
          geometry,
        ),
      )
    const measured = values.map(
      (_, i) => (moved(i, MOVE * steps[i]) - moved(i, -MOVE * steps[i])) / (2 * MOVE),
    )
    expectNear(
      gradients[p].map((value, i) => value * steps[i]),
      measured,
      `${description.kind} ${name}`,
    )
  })
}

function expectNear(actual: ArrayLike<number>, measured: readonly number[], name: string): void {
  const largest = Math.max(1e-3, ...measured.map(Math.abs))
  measured.forEach((value, i) => {
    expect(Math.abs(actual[i] - value) / largest, `${name}[${i}]: ${actual[i]}, not ${value}`).toBeLessThan(
      1e-6,
    )
  })
}

type Draw<Description> = (random: () => number, geometry: Geometry) => Description

/** Of a family that has no draw of its own: how it starts, each value moved by up to half of its natural step, within its bounds. */
function movedStart<Description extends { readonly kind: string }>(
  family: Part<Description>,
): Draw<Description> {
  return (random, geometry) => {
    const start = family.initial(geometry)
    const moved = family.parameters(start, geometry).map(({ values, steps, bounds: { min, max } }) =>
      values.map((value, i) => {
        const within = 0.01 * steps[i]
        return Math.min(Math.max(value + (random() - 0.5) * steps[i], min + within), max - within)
      }),
    )
    return family.withParameters(start, moved, geometry)
  }
}

/** Every kind there is, with its draw. */
function drawsOf<Kind extends string>(
  families: Iterable<{ readonly kind: Kind }>,
  own: Readonly<Partial<Record<Kind, unknown>>>,
) {
  return Array.from(families, (family) => [
    family.kind,
    own[family.kind] ?? movedStart(family as unknown as Part<{ kind: Kind }>),
  ]) as [Kind, Draw<{ readonly kind: Kind }>][]
}

/** Of either sign, the upper edge below half the sample rate. */
const bands = (random: () => number, { sampleRate }: Geometry) => {
  const values = () => inside(random, 10, sampleRate / 5).map((value) => (random() < 0.3 ? -value : value))
  return { low: values(), band: values() }
}

const filters: Partial<Record<TapFilterbank['kind'], Draw<TapFilterbank>>> = {
  gabor: (random, geometry) => {
    const [, { bounds }] = filterbanks.gabor.parameters({ kind: 'gabor', center: [], sigma: [] }, geometry)
    return {
      kind: 'gabor',
      center: inside(random, 0.2, Math.PI - 0.2),
      sigma: inside(random, bounds.min, bounds.max),
    }
  },
  sinc: (random, geometry) => ({ kind: 'sinc', ...bands(random, geometry) }),
  'analytic-sinc': (random, geometry) => ({ kind: 'analytic-sinc', ...bands(random, geometry) }),
  free: (random, { windowLength }) => {
    const rows = () => Array.from({ length: CHANNELS }, () => Array.from(numbers(random, windowLength)))
    return { kind: 'free', real: rows(), imaginary: rows() }
  },
  gammatone: (random, geometry) => {
    const order = 1 + Math.floor(random() * 8)
    const empty = { kind: 'gammatone', center: [], bandwidth: [], order } as const
    const [, { bounds }] = filterbanks.gammatone.parameters(empty, geometry)
    const bandwidth = inside(random, bounds.min, Math.min(bounds.max, 5 * bounds.min))
    const { sampleRate } = geometry
    return { kind: 'gammatone', center: inside(random, 0, sampleRate / 2), bandwidth, order }
  },
}

function expectFilterDerivatives(filterbank: TapFilterbank, geometry: Geometry, random: () => number): void {
  const family: TapFamily<TapFilterbank> = filterbanks[filterbank.kind]
  const rows = () => Array.from({ length: CHANNELS }, () => numbers(random, geometry.windowLength))
  const weights: ImpulseResponses = { real: rows(), imaginary: rows() }
  const loss = (moved: TapFilterbank) => {
    const { real, imaginary } = family.impulseResponses(moved, geometry)
    return dot(weights.real, real) + dot(weights.imaginary, imaginary)
  }
  expectDerivatives(family, filterbank, geometry, loss, family.gradient(filterbank, weights, geometry))
}

const dot = (weights: readonly Float64Array[], values: readonly Float64Array[]) =>
  weights.reduce((sum, row, n) => sum + row.reduce((part, weight, j) => part + weight * values[n][j], 0), 0)

const ofTaps = Object.values(filterbanks).filter(({ domain }) => domain === 'time')
test.each(drawsOf(ofTaps, filters))('taps of %s: gradients equal differences', (_, draw) => {
  fc.assert(
    fc.property(geometries, fc.integer({ min: 1, max: 1e6 }), (sizes, seed) => {
      const random = seeded(seed)
      const geometry = geometryOf(sizes)
      expectFilterDerivatives(draw(random, geometry) as TapFilterbank, geometry, random)
    }),
    { seed: 1, numRuns: 60 },
  )
})

const ofSpectra = Object.values(filterbanks).filter(
  (family) => family.domain === 'frequency' && parametersOfStart(family) > 0,
)
test.each(drawsOf(ofSpectra, {}))('weights of %s: gradients equal differences', (kind, draw) => {
  fc.assert(
    fc.property(fc.constantFrom(8000, 16000, 44100), fc.integer({ min: 1, max: 1e6 }), (sampleRate, seed) => {
      const random = seeded(seed)
      // Filters so narrow that every weight can be moved.
      const geometry = { ...geometryOf({ sampleRate, windowLength: 41 }), channels: 40 }
      const filterbank = draw(random, geometry) as Filterbank
      const family = filterbanks[kind] as unknown as SpectralFamily<Filterbank>
      const weights = family.matrix(filterbank, geometry).map(({ length }) => numbers(random, length))
      const loss = (moved: Filterbank) => dot(weights, family.matrix(moved, geometry))
      expectDerivatives(family, filterbank, geometry, loss, family.gradient(filterbank, weights, geometry))
    }),
    { seed: 1, numRuns: 3 },
  )
})

function parametersOfStart(family: object): number {
  const part = family as Part<Filterbank>
  const geometry = geometryOf({ sampleRate: 16000, windowLength: 41 })
  return part.parameters(part.initial(geometry), geometry).length
}

test('sinc filters whose edges have passed each other: gradients equal differences', () => {
  const geometry = geometryOf({ sampleRate: 16000, windowLength: 101 })
  const filterbank: TapFilterbank = { kind: 'sinc', low: [8321, -8900, 11000], band: [300, 2, 60] }
  const random = seeded(5)
  const family: TapFamily<TapFilterbank> = filterbanks.sinc
  const weights = {
    real: filterbank.low.map(() => numbers(random, 101)),
    imaginary: filterbank.low.map(() => numbers(random, 101)),
  }
  const [low, band] = family.gradient(filterbank, weights, geometry)
  const loss = (by: number, n: number) => {
    const moved = { ...filterbank, low: filterbank.low.map((value, i) => (i === n ? value + by : value)) }
    return dot(weights.real, family.impulseResponses(moved, geometry).real)
  }
  expectNear(
    low,
    filterbank.low.map((_, n) => (loss(0.01, n) - loss(-0.01, n)) / 0.02),
    'low',
  )
  expect(Array.from(band)).toEqual([0, 0, 0])
})

const windows: Partial<Record<WeightedPooling['kind'], Draw<WeightedPooling>>> = {
  gaussian: (random, { windowLength }) => ({
    kind: 'gaussian',
    width: inside(random, 2 / windowLength, 0.5),
    ...(random() < 0.5 ? { bias: inside(random, -1, 1) } : {}),
  }),
  taps: (random, { windowLength }) => ({ kind: 'taps', taps: Array.from(numbers(random, windowLength)) }),
}

const ofWindows = Object.values(poolings).filter(({ method }) => method === 'window')
test.each(drawsOf(ofWindows, windows))('%s pooling: gradients equal differences', (_, draw) => {
  fc.assert(
    fc.property(geometries, fc.integer({ min: 1, max: 1e6 }), (sizes, seed) => {
      const random = seeded(seed)
      const geometry = geometryOf(sizes)
      const pooling = draw(random, geometry) as WeightedPooling
      const family: WindowFamily<WeightedPooling> = poolings[pooling.kind]
      const weights = Array.from({ length: CHANNELS }, () => numbers(random, geometry.windowLength))
      const ofBias = numbers(random, CHANNELS)
      const loss = (moved: WeightedPooling) =>
        dot(weights, family.windows(moved, geometry)) +
        ((moved.kind === 'gaussian' && moved.bias) || []).reduce((sum, bias, n) => sum + bias * ofBias[n], 0)
      expectDerivatives(family, pooling, geometry, loss, family.gradient(pooling, weights, ofBias, geometry))
    }),
    { seed: 1, numRuns: 60 },
  )
})

const compressing: Partial<Record<Compression['kind'], (random: () => number) => Compression>> = {
  pcen: (random) => ({
    kind: 'pcen',
    alpha: inside(random, -0.2, 1),
    delta: inside(random, 0.1, 4),
    root: inside(random, 1, 4),
    smooth: inside(random, 0, 1),
    floor: random() < 0.5 ? 1e-12 : 1e-6,
  }),
  log: () => ({ kind: 'log', offset: 1e-5 }),
  root: (random) => ({ kind: 'root', exponent: 0.05 + 0.9 * random() }),
  'layer-norm': (random) => ({
    kind: 'layer-norm',
    gamma: inside(random, -2, 2),
    beta: inside(random, -2, 2),
    epsilon: 1e-3,
  }),
  none: () => ({ kind: 'none' }),
}

test.each(drawsOf(Object.values(compressions), compressing))('%s: gradients equal differences', (_, draw) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 1e6 }), (frames, seed) => {
      const random = seeded(seed)
      const geometry = geometryOf({ sampleRate: 16000, windowLength: 41 })
      const compression = draw(random, geometry) as Compression
      const family = compressionOf(compression)
      const energies = Float64Array.from({ length: frames * CHANNELS }, () => 10 ** (5 * random() - 4))
      const weights = numbers(random, energies.length)
      const loss = (moved: Compression, input: Float64Array) =>
        dot([weights], [compress(moved, input, CHANNELS)])
      const gradient = family.gradient(compression, energies, weights, CHANNELS)
      expectDerivatives(family, compression, geometry, (moved) => loss(moved, energies), gradient.parameters)
      const moved = (i: number, share: number) =>
        loss(
          compression,
          energies.map((energy, k) => (k === i ? energy * (1 + share) : energy)),
        )
      expectNear(
        gradient.energies.map((value, i) => value * energies[i]),
        Array.from(energies, (_, i) => (moved(i, MOVE) - moved(i, -MOVE)) / (2 * MOVE)),
        'energies',
      )
    }),
    { seed: 1, numRuns: 100 },
  )
})
