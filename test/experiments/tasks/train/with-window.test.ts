import { expect, test } from 'vitest'
import {
  channelTaps,
  channelWindows,
  frameCount,
  geometryOf,
  preset,
  startOf,
} from '../../../../src/frontend/index.ts'
import { withWindow } from './with-window.ts'

test('filters and pooling are those of before, and may reach further; frames stay', () => {
  const leaf = startOf('leaf-mixed')
  const long = withWindow(leaf, 50)
  const [before, after] = [geometryOf(leaf), geometryOf(long)]
  expect(after.windowLength).toBe(801)
  const reach = before.windowLength >> 1
  const middle = (row: Float64Array) => row.slice(400 - reach, 400 + reach + 1)
  expect(channelTaps(long, after)!.real.map(middle)).toEqual(channelTaps(leaf, before)!.real)
  channelWindows(leaf, before)!.forEach((window, n) => {
    const longer = middle(channelWindows(long, after)![n])
    for (const [k, weight] of window.entries()) expect(longer[k]).toBeCloseTo(weight, 12)
  })
  // The middle of the first frame's window.
  expect(long.alignment.poolingLeft - 400).toBe(leaf.alignment.poolingLeft - reach)
  expect(frameCount(after, 16000)).toBe(frameCount(before, 16000))
})

test('a frontend stays as it is without a length, and with its own', () => {
  expect(withWindow(preset('mel-log'))).toEqual(preset('mel-log'))
  expect(withWindow(preset('leaf'), 25)).toEqual(preset('leaf'))
})

test('other parts are refused by their names', () => {
  expect(() => withWindow(preset('sincnet'), 50)).toThrow(/--window is for LEAF.*"sinc".*"max"/)
})
