import { expect, test } from 'vitest'
import { preset } from '../../../src/frontend/index.ts'
import { floorInWords, withEnergyFloor } from '../../../src/learning/training/energy-floor.ts'

test('energies get another floor where they have one', () => {
  const leaf = preset('leaf')
  expect(withEnergyFloor(leaf, 1e-8)).toEqual({ ...leaf, energyFloor: 1e-8 })
  expect(withEnergyFloor(leaf, undefined)).toBe(leaf)
  expect(withEnergyFloor(preset('mel-pcen'), 1e-8)).toEqual(preset('mel-pcen'))
})

test('a card tells of a floor that is not the frontend’s own', () => {
  expect(floorInWords(preset('leaf'), 1e-8)).toBe(' over a floor of 1e-8')
  expect(floorInWords(preset('leaf'), undefined)).toBe('')
  expect(floorInWords(preset('mel-pcen'), 1e-8)).toBe('')
})
