import { expect, test } from 'vitest'
import { preset } from '../../../src/frontend/index.ts'
import { withEnergyFloor } from '../../../src/learning/energy-floor.ts'
import { startAt } from '../../../src/learning/tasks/start-at.ts'

test('PCEN starts where it is told, the rest as ever', () => {
  const leaf = preset('leaf')
  const alpha = new Array(40).fill(0.5)
  expect(startAt(leaf, { alpha: 0.5 })).toEqual({ ...leaf, compression: { ...leaf.compression, alpha } })
  expect(startAt(leaf)).toEqual(leaf)
  expect(startAt(preset('mel-log'), { alpha: 0.5 })).toEqual(preset('mel-log'))
})

test('energies get another floor where they have one', () => {
  const leaf = preset('leaf')
  expect(withEnergyFloor(leaf, 1e-8)).toEqual({ ...leaf, energyFloor: 1e-8 })
  expect(withEnergyFloor(leaf, undefined)).toBe(leaf)
  expect(withEnergyFloor(preset('mel-pcen'), 1e-8)).toEqual(preset('mel-pcen'))
})
