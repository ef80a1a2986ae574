import { expect, it } from 'vitest'
import { verdict } from '../../demo/teach/verdict.ts'
import { preset } from '../../src/frontend/index.ts'

const taught = {
  ...{ model: new Uint8Array(), labels: ['beep', 'thud'], frontend: preset('leaf'), accuracy: 1, loss: 0 },
  ...{ confusion: [[4, 0], [0, 5]], shared: [], stopped: false, seconds: 1 }, // biome-ignore format: a table
}

it('says how few examples a share is of, with the exact bounds of Clopper and Pearson', () => {
  // For all of n right the lower bound is 0.025^(1/n).
  expect(Math.round(100 * 0.025 ** (1 / 9))).toBe(66)
  expect(verdict(['beep', 'thud'], taught)).toBe(
    'Right on 100 % of the held-out examples: of 9, so 66 % to 100 % of others like them. Make your sounds.',
  )
})

it('says that one recording flatters', () => {
  expect(verdict(['beep', 'thud'], { ...taught, shared: ['thud'] })).toContain('thud: all from one recording')
})
