import { expect, test } from 'vitest'
import { LeafError } from '../../src/error.ts'
import {
  type FrontendDescription,
  filterbanks,
  geometryOf,
  type LearnableParameter,
  parametersOf,
  parseFrontend,
  partNames,
  preset,
  presetNames,
  withParameters,
} from '../../src/frontend/index.ts'

/** The frontend with each of its parameters changed. */
function changed(
  frontend: FrontendDescription,
  change: (parameter: LearnableParameter) => ArrayLike<number>,
): FrontendDescription {
  return withParameters(frontend, (part) => parametersOf(frontend, part).map(change))
}

const learned: Record<(typeof presetNames)[number], string[]> = {
  leaf: ['center', 'sigma', 'width', 'alpha', 'delta', 'root', 'smooth'],
  'mel-log': [],
  'mel-pcen': ['alpha', 'delta', 'root', 'smooth'],
  'mel-cubic-root': [],
  'mel-tenth-root': [],
  'mel-learned': ['logWeights'],
  'time-domain': ['real', 'imaginary', 'taps'],
  sincnet: ['low', 'band', 'gamma', 'beta'],
  'sincnet-plus': ['low', 'band', 'width', 'alpha', 'delta', 'root', 'smooth'],
  gammatone: ['center', 'bandwidth', 'width', 'alpha', 'delta', 'root', 'smooth'],
  'analytic-sinc': ['low', 'band', 'width', 'alpha', 'delta', 'root', 'smooth'],
  spline: [
    'center',
    'real',
    'realSlope',
    'imaginary',
    'imaginarySlope',
    'width',
    'alpha',
    'delta',
    'root',
    'smooth',
  ],
  'short-filters': ['taps', 'width'],
  yamnet: [],
  samples: [],
}

test.each(presetNames)('%s: its parameters, put back, change nothing', (name) => {
  const frontend = preset(name)
  const parameters = partNames.flatMap((part) => parametersOf(frontend, part))
  expect(parameters.map((parameter) => parameter.name)).toEqual(learned[name])
  for (const { values, steps, bounds } of parameters) {
    expect(steps.length).toBe(values.length)
    expect(steps.every((step) => step > 0 && Number.isFinite(step))).toBe(true)
    expect(values.every((value) => value >= bounds.min && value <= bounds.max)).toBe(true)
  }
  expect(changed(frontend, ({ values }) => values)).toEqual(frontend)
})

test.each(presetNames)('%s: parameters far beyond their bounds are moved onto them', (name) => {
  for (const far of [-1e9, 1e9]) {
    const moved = changed(preset(name), ({ values }) => values.map(() => far))
    expect(parseFrontend(JSON.parse(JSON.stringify(moved)))).toEqual(moved)
  }
})

test('a parameter that is not a number is refused by its name', () => {
  expect(() =>
    changed(preset('leaf'), ({ name, values }) => (name === 'sigma' ? values.with(3, Number.NaN) : values)),
  ).toThrow(/sigma\[3\] became NaN/)
  expect(() => changed(preset('leaf'), ({ values }) => values.slice(1))).toThrow(LeafError)
})

test('of 64 filters the widest start on their bound, and learn from there', () => {
  const { filterbank, ...frontend } = preset('leaf', { channels: 64 })
  if (filterbank.kind !== 'gabor') throw new Error('the leaf preset has Gabor filters')
  const geometry = geometryOf({ filterbank, ...frontend })
  const { max } = filterbanks.gabor.parameters(filterbank, geometry)[1].bounds
  const bounded = filterbank.sigma.flatMap((sigma, n) => (sigma === max ? [n] : []))
  expect(bounded.length).toBe(4)
  const gradient = filterbanks.gabor.gradient(
    filterbank,
    filterbanks.gabor.impulseResponses(filterbank, geometry),
    geometry,
  )[1]
  for (const n of bounded) expect(Math.abs(gradient[n])).toBeGreaterThan(0)
  const narrower = filterbanks.gabor.withParameters(
    filterbank,
    [filterbank.center, filterbank.sigma.map((sigma) => 0.99 * sigma)],
    geometry,
  )
  for (const n of bounded) expect(narrower.sigma[n]).toBe(0.99 * max)
})

test('a sinc filter whose band reaches beyond half the sample rate goes on learning', () => {
  const { sinc } = filterbanks
  const geometry = geometryOf(preset('sincnet', { channels: 1 }))
  const beyond = { kind: 'sinc', low: [7000], band: [2000] } as const
  const tapGradients = { real: [new Float64Array(401).fill(1)], imaginary: [new Float64Array(401)] }
  expect(sinc.gradient(beyond, tapGradients, geometry)[1][0]).toBe(0)
  const cut = sinc.withParameters(beyond, [beyond.low, beyond.band], geometry)
  expect(cut.band).toEqual([900])
  expect(sinc.impulseResponses(cut, geometry)).toEqual(sinc.impulseResponses(beyond, geometry))
  expect(Math.abs(sinc.gradient(cut, tapGradients, geometry)[1][0])).toBeGreaterThan(0)
})
