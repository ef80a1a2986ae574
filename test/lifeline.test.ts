import { expect, test } from 'vitest'
import { Lifeline } from '../src/lifeline.ts'

const never = () => new Promise<never>(() => {})

test('passes on answers and refusals', async () => {
  const life = new Lifeline()
  expect(await life.answer(() => Promise.resolve(7))).toBe(7)
  await expect(life.answer(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  const broken = () => {
    throw new Error('thrown')
  }
  await expect(life.answer(broken)).rejects.toThrow('thrown')
  expect(life.reason).toBe(null)
})

test('gives up on what is asked once it is over, with the first reason', async () => {
  const life = new Lifeline()
  const reasons: string[] = []
  life.whenOver(({ message }) => reasons.push(message))
  const asked = [life.answer(never), life.answer(never)]
  life.end(new Error('crashed'))
  life.end(new Error('ended'))
  for (const one of asked) await expect(one).rejects.toThrow('crashed')
  life.whenOver(({ message }) => reasons.push(`${message} before`))
  expect(reasons).toEqual(['crashed', 'crashed before'])
})

test('asks nothing any more once it is over', async () => {
  const life = new Lifeline()
  life.end(new Error('crashed'))
  let asked = false
  const ask = () => {
    asked = true
  }
  await expect(life.answer(ask)).rejects.toThrow('crashed')
  expect(asked).toBe(false)
})
