import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { figuresText } from '../../demo/listen/label-card.ts'
import { labelExamples } from '../../demo/listen/label-examples.ts'
import { readModel } from '../../src/model/index.ts'

it('has an example of every kind of sound that the page’s model names, and of no other', async () => {
  const path = fileURLToPath(new URL('../../demo/public/models/events.safetensors', import.meta.url))
  const { labels } = readModel(await readFile(path))
  expect([...labelExamples.keys()].sort()).toEqual(labels.filter((label) => label !== 'silence').sort())
})

it('says how often a label is right as far as that is known', () => {
  expect(figuresText()).toBe('')
  expect(figuresText({ recall: 0.5 })).toBe(
    'Tried with clips it had not heard before: it named 50 % of those there were.',
  )
  expect(figuresText({ precision: 0.9, recall: 0 })).toBe(
    'Tried with clips it had not heard before: it was right 90 % of the times it named it, and it named 0 % of those there were.',
  )
})
