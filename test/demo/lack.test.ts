import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lackOf } from '../../demo/adapt/lack.ts'
import { preset } from '../../src/frontend/index.ts'
import { LEAST_SECONDS } from '../../src/learning/adaptation/index.ts'
import { readModel } from '../../src/model/index.ts'

const shipped = (name: string) => readModel(readFileSync(`demo/public/models/${name}.safetensors`))
const model = { ...shipped('events'), labels: ['beep', 'thud', 'hum'] }

/** @param counts by label */
const examples = (counts: Record<string, number>, seconds = 1) =>
  Object.entries(counts).flatMap(([label, count]) =>
    Array.from({ length: count }, () => ({ label, seconds })),
  )

test.each([
  [{}, 'There is no example here of any sound of this model: beep, thud, hum. It takes 2 examples each'],
  [{ bark: 20 }, 'There is no example here of any sound of this model'],
  [{ beep: 20 }, 'There are 20 examples here of the sounds of this model, 20 s together'],
  [{ beep: 20, thud: 1 }, 'There are 21 examples here'],
  [{ beep: 1 }, 'There is one example here'],
  [{ beep: 4, thud: 4 }, 'There are 8 examples here of the sounds of this model, 8 s together'],
])('with the examples %j it lacks: %s', (counts, words) => {
  expect(lackOf(model, examples(counts))).toContain(words)
})

test('short sounds are heard for a second; twice what is learned from at least is enough', () => {
  const each = LEAST_SECONDS / 2
  expect(lackOf(model, examples({ beep: 2, hum: 2 }, each))).toBe(null)
  expect(lackOf(model, examples({ beep: 2, hum: 2 }, each - 0.01))).not.toBe(null)
  expect(lackOf(model, examples({ beep: 5, hum: 5 }, 0.3))).toBe(null)
  expect(lackOf(model, examples({ beep: 2, hum: 2 }, 3))).toBe(null)
})

test('a model with heads, or without PCEN, is not for this screen', () => {
  expect(lackOf(shipped('tasks'), [])).toContain('several questions at once')
  expect(lackOf({ ...model, frontend: preset('mel-log') }, [])).toContain('no PCEN')
})
