import { expect, it } from 'vitest'
import { isColorMap } from '../../src/view/colors.ts'
import { clock, duration, hertz, percent, words } from '../../src/view/format.ts'

it('writes seconds as a clock and never as sixty', () => {
  expect([0, 9.96, 59.96, 72.46, 3600].map((seconds) => clock(seconds))).toEqual([
    '0:00.0',
    '0:10.0',
    '1:00.0',
    '1:12.5',
    '60:00.0',
  ])
  expect([7, 59.6, 61].map((seconds) => clock(seconds, 0))).toEqual(['0:07', '1:00', '1:01'])
})

it('writes lengths, shares, labels and frequencies for people', () => {
  expect([0.44, 12.4].map(duration)).toEqual(['0.4 s', '12 s'])
  expect([-0.1, 0.956, 1.2].map(percent)).toEqual(['0 %', '96 %', '100 %'])
  expect(['baby_cry', 'clap_snap', 'impact', 'wind_thunder', 'constructor'].map(words)).toEqual([
    'Baby cry',
    'Clap or snap',
    'Thud or knock',
    'Wind or thunder',
    'Constructor',
  ])
  expect([60, 999.6, 1500, 8000].map(hertz)).toEqual(['60', '1000', '1.5k', '8k'])
})

it('knows a colour map by its own name only', () => {
  expect(['magma', 'constructor', '__proto__', null].map(isColorMap)).toEqual([true, false, false, false])
})
