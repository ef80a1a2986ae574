import { expect, test } from 'vitest'
import { preset } from '../../../src/frontend/index.ts'
import { startAt } from '../../../src/learning/tasks/start-at.ts'

test('PCEN and the floor start where they are told, the rest as ever', () => {
  const leaf = preset('leaf')
  const started = startAt(leaf, { pcen: { alpha: 0.5 }, energyFloor: 1e-8 })
  const alpha = new Array(40).fill(0.5)
  expect(started).toEqual({ ...leaf, energyFloor: 1e-8, compression: { ...leaf.compression, alpha } })
  expect(startAt(leaf, {})).toEqual(leaf)
})

test('a frontend without PCEN or floor gets none', () => {
  expect(startAt(preset('mel-log'), { pcen: { alpha: 0.5 }, energyFloor: 1e-8 })).toEqual(preset('mel-log'))
  expect(startAt(preset('mel-pcen'), { energyFloor: 1e-8 })).toEqual(preset('mel-pcen'))
  expect(startAt(preset('time-domain'), { energyFloor: 1e-8 }).energyFloor).toBe(1e-8)
})
