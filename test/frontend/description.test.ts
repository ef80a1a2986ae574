import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LeafError } from '../../src/error.ts'
import { parseFrontend, preset, presetNames } from '../../src/frontend/index.ts'

type Json = { [key: string]: Json } & Json[]

/** A description as it comes from a file, to be spoilt. */
const json = (name: (typeof presetNames)[number]): Json => JSON.parse(JSON.stringify(preset(name)))

describe.each(presetNames)('%s', (name) => {
  test('survives JSON unchanged', () => {
    expect(parseFrontend(json(name))).toEqual(preset(name))
  })

  test('every key is wanted: without it the description is refused, by its name', () => {
    const optional = new Set(['partialFrames', 'bias'])
    const visit = (object: Json, path: string[]) => {
      for (const key of Object.keys(object)) {
        if (optional.has(key)) continue
        const spoilt = json(name)
        const parent = path.reduce((at, step) => at[step], spoilt)
        delete parent[key]
        expect(() => parseFrontend(spoilt), [...path, key].join('.')).toThrow(key)
        if (!Array.isArray(object[key]) && typeof object[key] === 'object') visit(object[key], [...path, key])
      }
    }
    visit(json(name), [])
  })
})

const spoilings: [string, (leaf: Json) => void, string][] = [
  ['an unknown key', (leaf) => Object.assign(leaf, { gain: 1 }), 'gain is unknown'],
  [
    'an unknown key inside',
    (leaf) => Object.assign(leaf.filterbank, { fwhm: 1 }),
    'filterbank.fwhm is unknown',
  ],
  ['a short array', (leaf) => void leaf.pooling.width.pop(), 'pooling.width has 39 values'],
  [
    'a value that is none',
    (leaf) => Object.assign(leaf.filterbank.center, { 3: Number.NaN }),
    'filterbank.center[3] is NaN',
  ],
  [
    'a value above its bound',
    (leaf) => Object.assign(leaf.filterbank.center, { 7: 3.2 }),
    'filterbank.center[7] is 3.2',
  ],
  [
    'a value below its bound',
    (leaf) => Object.assign(leaf.filterbank.sigma, { 0: 1.49 }),
    'filterbank.sigma[0] is 1.49',
  ],
  ['a negative offset', (leaf) => Object.assign(leaf.compression.delta, { 2: -1 }), 'compression.delta[2]'],
  [
    'an unknown filter family',
    (leaf) => Object.assign(leaf.filterbank, { kind: 'wavelet' }),
    'filterbank.kind is "wavelet"',
  ],
  [
    'a key of Object.prototype as a family',
    (leaf) => Object.assign(leaf.pooling, { kind: 'toString' }),
    'pooling.kind is "toString"',
  ],
  ['half a channel', (leaf) => Object.assign(leaf, { channels: 40.5 }), 'channels is 40.5'],
  [
    'a row too few',
    (leaf) =>
      Object.assign(leaf, {
        filterbank: { kind: 'free', real: new Array(39).fill([]), imaginary: [] },
      }),
    'filterbank.real has 39 values',
  ],
  [
    'a short row of taps',
    (leaf) =>
      Object.assign(leaf, {
        filterbank: { kind: 'free', real: new Array(40).fill(new Array(400).fill(0)), imaginary: [] },
      }),
    'filterbank.real[0] has 400 values',
  ],
  [
    'short filters as long as the window',
    (leaf) =>
      Object.assign(leaf, json('short-filters'), {
        filterbank: { kind: 'short', taps: new Array(40).fill(new Array(401).fill(0)) },
      }),
    'filterbank.taps[0] has 401 values',
  ],
  [
    'a row of weights too few',
    (leaf) => Object.assign(leaf, json('mel-learned')).filterbank.logWeights.pop(),
    'filterbank.logWeights has 39 values',
  ],
  [
    'weights of too few bins',
    (leaf) => Object.assign(leaf, json('mel-learned')).filterbank.logWeights[3].pop(),
    'filterbank.logWeights[3] has 61 values',
  ],
  [
    'a weight of 0, which has no logarithm',
    (leaf) =>
      Object.assign(Object.assign(leaf, json('mel-learned')).filterbank.logWeights[39], { 61: -Infinity }),
    'filterbank.logWeights[39][61] is -Infinity',
  ],
  [
    'a weight above its bound',
    (leaf) => Object.assign(Object.assign(leaf, json('mel-learned')).filterbank.logWeights[0], { 5: 20 }),
    'filterbank.logWeights[0][5] is 20, above its bound',
  ],
  [
    'edges of learned mel filters, which have none',
    (leaf) => Object.assign(Object.assign(leaf, json('mel-learned')).filterbank, { fMin: 60 }),
    'filterbank.fMin is unknown',
  ],
  [
    'learned mel filters with a pooling',
    (leaf) => Object.assign(leaf, json('mel-learned'), { pooling: { kind: 'max' } }),
    'pooling.kind max does not go with filterbank.kind free-mel',
  ],
  [
    'samples in other numbers than a hop has',
    (leaf) => Object.assign(leaf, json('samples'), { channels: 40 }),
    'channels is 40, but a hop has 160 samples, each a channel of filterbank.kind samples',
  ],
  [
    'samples of windows longer than a hop',
    (leaf) => Object.assign(leaf, json('samples'), { windowMs: 25 }),
    'filterbank.kind samples has frames of a hop each',
  ],
  [
    'samples whose last frame has to be full',
    (leaf) => Object.assign(leaf, json('samples'), { alignment: { poolingLeft: 0, partialFrames: false } }),
    'filterbank.kind samples has frames of a hop each',
  ],
  [
    'samples with a pooling',
    (leaf) => Object.assign(leaf, json('samples'), { pooling: { kind: 'max' } }),
    'pooling.kind max does not go with filterbank.kind samples',
  ],
  ...(
    [
      { rectifier: 'leaky-relu' },
      { rectifier: 'squared-modulus' },
      { energyFloor: 1e-5 },
      { compression: { kind: 'log', offset: 1e-5 } },
    ] as const
  ).map((part): [string, (leaf: Json) => void, string] => [
    `samples with ${JSON.stringify(part)}`,
    (leaf) => Object.assign(leaf, json('samples'), part),
    'filterbank.kind samples gives samples as they are',
  ]),
  [
    'half an order',
    (leaf) => Object.assign(leaf, { filterbank: { ...json('gammatone').filterbank, order: 2.5 } }),
    'filterbank.order is 2.5',
  ],
  [
    'a root above 1',
    (leaf) => Object.assign(leaf, { compression: { kind: 'root', exponent: 3 } }),
    'compression.exponent is 3',
  ],
  ['an unknown rectifier', (leaf) => Object.assign(leaf, { rectifier: 'elu' }), 'rectifier is "elu"'],
  ['too long a window', (leaf) => Object.assign(leaf, { sampleRate: 192000, windowMs: 1000 }), 'windowMs'],
  [
    'parts that do not go together',
    (leaf) => Object.assign(leaf, { pooling: { kind: 'none' } }),
    'pooling.kind none does not go with filterbank.kind gabor',
  ],
  [
    'mel filters with a pooling',
    (leaf) => Object.assign(leaf, json('mel-pcen'), { pooling: { kind: 'max' } }),
    'pooling.kind max does not go with filterbank.kind mel',
  ],
  [
    'mel filters with a rectifier of their own',
    (leaf) => Object.assign(leaf, json('mel-log'), { rectifier: 'leaky-relu' }),
    'rectifier leaky-relu does not go with filterbank.kind mel',
  ],
  [
    'a rectifier of magnitudes in time',
    (leaf) => Object.assign(leaf, { rectifier: 'modulus' }),
    'rectifier modulus does not go with filterbank.kind gabor',
  ],
  [
    'a logarithm of what may be negative, for the rectifier',
    (leaf) =>
      Object.assign(leaf, { rectifier: 'none', energyFloor: 0, compression: { kind: 'log', offset: 1 } }),
    'compression.kind log takes no energies below 0, which rectifier none can yield',
  ],
  [
    'PCEN of what may be negative, for the window',
    (leaf) => Object.assign(leaf, { pooling: json('time-domain').pooling, energyFloor: 0 }),
    'compression.kind pcen takes no energies below 0, which pooling.taps can yield',
  ],
  [
    'PCEN of what may be negative, for the bias',
    (leaf) => {
      Object.assign(leaf.pooling, { bias: new Array(40).fill(0) })
      Object.assign(leaf, { energyFloor: 0 })
    },
    'which pooling.bias can yield',
  ],
  [
    'a silence divided by nothing',
    (leaf) => {
      Object.assign(leaf.compression, { floor: 0 })
      Object.assign(leaf, { energyFloor: 0 })
    },
    'compression.floor and energyFloor are both 0',
  ],
]

test.each(spoilings)('%s is refused by its path, with a remedy', (_, spoil, message) => {
  const leaf = json('leaf')
  spoil(leaf)
  let error: unknown
  try {
    parseFrontend(leaf)
  } catch (caught) {
    error = caught
  }
  expect(error).toBeInstanceOf(LeafError)
  expect((error as LeafError).code).toBe('description')
  expect((error as LeafError).message).toContain(message)
  expect((error as LeafError).remedy.length).toBeGreaterThan(3)
})

test('rounding beyond a bound is set to the bound', () => {
  const leaf = json('leaf')
  Object.assign(leaf.filterbank.sigma, { 0: 150.2872814 * (1 + 5e-7) })
  Object.assign(leaf.compression.alpha, { 1: 1 + 9e-7 })
  const { filterbank, compression } = parseFrontend(leaf)
  expect(filterbank.kind === 'gabor' && filterbank.sigma[0]).toBeCloseTo(150.2872814, 7)
  expect(compression.kind === 'pcen' && compression.alpha[1]).toBe(1)
})

test('whatever is put in its place, a part is refused or understood, never anything else', () => {
  const keys = Object.keys(preset('leaf'))
  fc.assert(
    fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
      try {
        parseFrontend({ ...json('leaf'), [key]: value })
      } catch (error) {
        expect(error).toBeInstanceOf(LeafError)
      }
    }),
    { seed: 1, numRuns: 500 },
  )
})
