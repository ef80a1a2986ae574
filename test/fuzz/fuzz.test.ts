import { describe, expect, test } from 'vitest'
import { fuzz } from './fuzz.ts'
import { subjects } from './subjects.ts'

/** The short form of `npm run fuzz`. */
const SHARE = { models: 150, checkpoints: 150, sounds: 60 }

describe.each(subjects)('spoilt $name', (subject) => {
  test('are read or refused by a LeafError, soon, and in little memory', async () => {
    const { cases, read, refused, ...faults } = await fuzz(subject, SHARE[subject.name], 1)
    expect(faults).toEqual({ crashes: [], hangs: [], allocations: [] })
    expect(read + refused).toBe(cases)
    expect(refused).toBeGreaterThan(0)
  })
})
