import { expect, test } from 'vitest'
import { parseFrontend, preset } from '../../src/frontend/index.ts'
import official from '../golden/official.json' with { type: 'json' }
import { goldenSignal } from '../golden/signal.ts'
import { wholeGradient, wholeGradients } from './whole-gradient.ts'

/** Of the largest entry: what the official code's float32 allows. */
const TOLERANCE = 1e-4

/** In one channel of sincnet-plus-random the edges have passed each other; its taps in float32 are off by more. */
const PASSED_EDGES = 2e-4

/** Outputs of sinc filters, some tens in size, are off by as much in float32: enough to pass a kink now and then. */
const ROUNDING = 2e-6

/** The loss of the golden file, as the weight of each feature in it. */
const weight = (frame: number, channel: number) => Math.cos(0.37 * frame + 0.11 * channel * channel)

function expectNear(
  actual: ArrayLike<number>,
  expected: readonly number[],
  name: string,
  largest = Math.max(...expected.map(Math.abs)),
): void {
  expectBetween([actual, actual], expected, name, TOLERANCE * largest)
}

/** Every value equals the one or the other, or lies between them. */
function expectBetween(
  [one, other]: readonly ArrayLike<number>[],
  expected: readonly number[],
  name: string,
  tolerance: number,
): void {
  expect([one.length, other.length], name).toEqual([expected.length, expected.length])
  const outside = expected.map((value, i) =>
    Math.max(Math.min(one[i], other[i]) - value, value - Math.max(one[i], other[i])),
  )
  expect(Math.max(...outside), name).toBeLessThan(tolerance)
}

const cases = [
  'leaf-initial',
  'leaf-random',
  'sincnet-initial',
  'sincnet-random',
  'sincnet-plus-initial',
  'sincnet-plus-random',
] as const

test.each(cases)('the gradients of %s equal those of the official TensorFlow code', (name) => {
  const golden = official.cases[name]
  const frontend = parseFrontend(golden.description)
  const signal = goldenSignal(golden.samples)
  const [exact, rounded] = wholeGradients(frontend, signal, weight, ROUNDING)
  for (const [parameter, expected] of Object.entries(golden.gradients)) {
    const largest = Math.max(...expected.map(Math.abs))
    const tolerance = largest * (name === 'sincnet-plus-random' ? PASSED_EDGES : TOLERANCE)
    expectBetween([exact[parameter], rounded[parameter]], expected, parameter, tolerance)
  }
})

test('the gradients of time-domain-initial equal those of the official TensorFlow code', () => {
  const golden = official.cases['time-domain-initial']
  const signal = goldenSignal(golden.samples)
  const { real, imaginary, taps } = wholeGradient(preset('time-domain'), signal, weight)
  const row = (values: Float64Array, channel: number) => values.subarray(channel * 401, (channel + 1) * 401)
  const twentieth = (values: Float64Array) => values.filter((_, tap) => tap % 20 === 0)
  const { channels, norm } = golden.gradients.everyTwentiethTap
  const largest = [...real, ...imaginary].reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  for (const [channel, expected] of Object.entries(channels)) {
    expectNear(twentieth(row(real, Number(channel))), expected.real, `real ${channel}`, largest)
    expectNear(twentieth(row(imaginary, Number(channel))), expected.imag, `imaginary ${channel}`, largest)
  }
  const norms = norm.map((_, n) => Math.hypot(...row(real, n), ...row(imaginary, n)))
  expectNear(norms, norm, 'norm')
  expectNear(twentieth(taps), golden.gradients.lowpassEveryTwentiethTap, 'taps')
})
