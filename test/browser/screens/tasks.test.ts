import { expect, it } from 'vitest'
import { serveScreens } from './served-screens.ts'

const screens = serveScreens()

const QUESTIONS = [
  'Where is this?',
  'Is a bird singing?',
  'How does the voice feel?',
  'Who reads?',
  'Which instrument plays?',
  'Which note?',
  'Which word?',
]

it('answers the questions that fit what is heard, with a clip for each, and rests with it', async () => {
  const page = await screens.open()
  await page.getByRole('link', { name: 'Tasks' }).click()
  const cards = page.locator('.head-card')
  await cards.nth(6).waitFor()
  expect(await cards.getByRole('heading').allTextContents()).toEqual(QUESTIONS)
  const first = () => cards.locator('li:first-child .answer').allTextContents()
  const answered = async () => {
    const answers = await first()
    return QUESTIONS.filter((_, i) => answers[i] !== '–')
  }
  const hear = (question: string) =>
    cards.filter({ hasText: question }).getByRole('button', { name: /^Hear/ }).click()
  expect(await answered()).toEqual([])
  await page.getByText('knows nobody else: you are none of them').waitFor()

  const ofSpeech = ['How does the voice feel?', 'Who reads?', 'Which word?']
  await hear('Who reads?')
  await expect.poll(answered, { timeout: 30_000 }).toEqual(ofSpeech)
  expect((await first())[3]).toMatch(/^Reader \d+$/)
  await page.getByText('Waits for a note.').first().waitFor()
  // Once it has heard for a while the shares of the two answers are those of a softmax.
  const shares = async () =>
    (await cards.nth(1).locator('.share').allTextContents()).map((text) => Number.parseInt(text, 10))
  await hear('Is a bird singing?')
  await expect
    .poll(async () => (await shares()).reduce((sum, share) => sum + share, 0), { timeout: 20_000 })
    .toBe(100)

  await hear('Which note?')
  await expect.poll(answered, { timeout: 20_000 }).toEqual(['Which instrument plays?', 'Which note?'])
  expect((await first())[5]).toMatch(/^[A-G][♯♭]?[1-6] · \d+ Hz$/)

  await page.getByRole('button', { name: 'Stop' }).click()
  await expect.poll(answered, { timeout: 20_000 }).toEqual([])
})
