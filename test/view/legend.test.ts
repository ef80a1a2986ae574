import { expect, it } from 'vitest'
import { preset, presetNames } from '../../src/frontend/index.ts'
import { legendText, legendValues } from '../../src/view/legend.ts'
import { toneOf } from '../../src/view/tone.ts'

it.each(presetNames)('says the values of the colours of %s', (name) => {
  const tone = toneOf(preset(name).compression)
  const [dark, middle, bright] = legendValues(tone)
  expect(dark).toBeLessThan(middle)
  expect(middle).toBeLessThan(bright)
  // The places of the colours in the table.
  expect([dark, middle, bright].map((value) => Math.round(tone(value) * 255))).toEqual([1, 128, 255])
  expect(Math.round((tone(dark) - 1e-6) * 255)).toBe(0)
})

it('writes two digits, with a minus of the same width as a digit', () => {
  expect([-10.97, 0.2, 2.99, 0.9].map(legendText)).toEqual(['−11', '0.2', '3', '0.9'])
})
