import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LeafError } from '../../src/error.ts'
import {
  between,
  type FrontendDescription,
  parseFrontend,
  preset,
  presetNames,
} from '../../src/frontend/index.ts'
import { presetOf } from './filtered.ts'

/** Another frontend of the same shape: each number in an array a tenth less. */
function other(frontend: FrontendDescription): FrontendDescription {
  const text = JSON.stringify(frontend, (_, value) =>
    Array.isArray(value) && typeof value[0] === 'number' ? value.map((number) => 0.9 * number) : value,
  )
  return parseFrontend(JSON.parse(text))
}

/** Few channels: with more, some filters of the presets lie on their bounds, where a tenth less is not allowed. */
const few = (name: (typeof presetNames)[number]) => presetOf(name, 5)

test.each(presetNames)('%s: both ends are the frontends themselves', (name) => {
  const [initial, learned] = [few(name), other(few(name))]
  // As text, in which 0 and -0 are one.
  expect(JSON.stringify(between(initial, learned, 0))).toBe(JSON.stringify(initial))
  expect(JSON.stringify(between(initial, learned, 1))).toBe(JSON.stringify(learned))
})

test('every value moves on a straight line', () => {
  const [initial, learned] = [few('leaf'), other(few('leaf'))]
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
      const mixed = between(initial, learned, share)
      if (mixed.filterbank.kind !== 'gabor' || initial.filterbank.kind !== 'gabor')
        throw new Error('not gabor')
      if (mixed.compression.kind !== 'pcen' || initial.compression.kind !== 'pcen')
        throw new Error('not pcen')
      const [centers, starts] = [mixed.filterbank.center, initial.filterbank.center]
      centers.forEach((center, n) => expect(center).toBeCloseTo(starts[n] * (1 - 0.1 * share), 12))
      const [deltas, first] = [mixed.compression.delta, initial.compression.delta]
      deltas.forEach((delta, n) => expect(delta).toBeCloseTo(first[n] * (1 - 0.1 * share), 12))
      expect(parseFrontend(JSON.parse(JSON.stringify(mixed)))).toEqual(mixed)
    }),
  )
})

test('what is not learned has to be the same, and is named where it is not', () => {
  const leaf = preset('leaf')
  const refusals: [FrontendDescription, RegExp][] = [
    [preset('gammatone'), /filterbank\.kind/],
    [preset('leaf', { channels: 41 }), /channels/],
    [{ ...leaf, energyFloor: 0.1 }, /energyFloor/],
    [{ ...leaf, alignment: { poolingLeft: 7 } }, /alignment\.poolingLeft/],
    [
      {
        ...leaf,
        pooling: {
          kind: 'gaussian',
          width: leaf.pooling.kind === 'gaussian' ? leaf.pooling.width : [],
          bias: [],
        },
      },
      /pooling\.bias/,
    ],
  ]
  for (const [learned, message] of refusals) {
    expect(() => between(leaf, learned, 0.5)).toThrow(message)
    expect(() => between(leaf, learned, 0.5)).toThrow(LeafError)
  }
})

test('a share outside 0 to 1 is refused', () => {
  for (const share of [-0.1, 1.1, Number.NaN])
    expect(() => between(preset('leaf'), preset('leaf'), share)).toThrow(/Give a number from 0 to 1/)
})
