import { expect, it } from 'vitest'
import { serveScreens } from './served-screens.ts'

const screens = serveScreens()

it('answers every question of the model while it listens, and rests with it', async () => {
  const page = await screens.open()
  await page.getByRole('link', { name: 'Tasks' }).click()
  const cards = page.locator('.head-card')
  await cards.nth(6).waitFor()
  const first = () => cards.locator('li:first-child .answer').allTextContents()
  expect(await cards.getByRole('heading').allTextContents()).toEqual([
    'Where is this?',
    'Is a bird singing?',
    'How does the voice feel?',
    'Who reads?',
    'Which instrument plays?',
    'Which note?',
    'Which word?',
  ])
  expect(new Set(await first())).toEqual(new Set(['–']))

  await page.getByRole('button', { name: 'Play street clip' }).click()
  await expect.poll(first, { timeout: 30_000 }).not.toContain('–')
  const [, bird, , reader, , note] = await first()
  expect(['A bird sings', 'No bird']).toContain(bird)
  expect(reader).toMatch(/^Reader \d+$/)
  expect(note).toMatch(/^[A-G][♯♭]?[1-6] · \d+ Hz$/)
  // Once it has heard for a while the shares of the two answers are those of a softmax.
  const shares = async () =>
    (await cards.nth(1).locator('.share').allTextContents()).map((text) => Number.parseInt(text, 10))
  await expect
    .poll(async () => (await shares()).reduce((sum, share) => sum + share), { timeout: 20_000 })
    .toBe(100)

  await page.getByRole('button', { name: 'Stop' }).click()
  await expect.poll(first, { timeout: 20_000 }).toEqual(new Array(7).fill('–'))
})
