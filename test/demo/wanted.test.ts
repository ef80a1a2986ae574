import { expect, it } from 'vitest'
import { advice, lackOf, learned } from '../../demo/teach/wanted.ts'

const filled = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).map(([name, examples]) => ({ name, examples }))

it('asks for two sounds with examples, of which the room may be one and need not', () => {
  expect(lackOf(filled({ background: 0 }))).toBe('Waits for a second sound.')
  expect(lackOf(filled({ background: 0, dog: 12 }))).toBe('Waits for a second sound, or for the room.')
  expect(lackOf(filled({ background: 0, dog: 1, bell: 0 }))).toBe('Waits for 2 examples each of: dog, bell.')
  expect(lackOf(filled({ background: 1, dog: 2 }))).toBe('Waits for 2 examples each of: background.')
  expect(lackOf(filled({ background: 0, dog: 2, bell: 2 }))).toBe('')
  expect(lackOf(filled({ background: 2, dog: 2 }))).toBe('')
})

it('learns the room where it was recorded, and advises it where not', () => {
  const without = filled({ Silence: 0, dog: 12, bell: 12 })
  expect(learned(without).map(({ name }) => name)).toEqual(['dog', 'bell'])
  expect(advice(without)).toContain('Record the room too')
  expect(advice(filled({ Silence: 12, dog: 12, bell: 12 }))).toContain('Enough of each')
})
