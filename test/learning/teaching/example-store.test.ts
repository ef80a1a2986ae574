import { describe, expect, test } from 'vitest'
import { ExampleStore } from '../../../src/learning/teaching/example-store.ts'
import { makeSound, RATE } from './three-classes.ts'

/** Node has no IndexedDB: a store that may keep nothing. */
async function openStore(): Promise<ExampleStore> {
  const store = await ExampleStore.open({ sampleRate: RATE })
  await store.addClass('background')
  await store.addClass('whistle')
  await store.add('whistle', [makeSound('whistle', 0), makeSound('whistle', 1)], 'first')
  await store.add('whistle', [makeSound('whistle', 2)])
  return store
}

test('where nothing may be kept it says so, and holds all the same', async () => {
  const store = await openStore()
  expect(store.trouble).toMatchObject({ code: 'storage', remedy: expect.stringMatching(/as a file/) })
  expect(store.classes).toEqual([
    { name: 'background', examples: 0, seconds: 0 },
    { name: 'whistle', examples: 3, seconds: 3 },
  ])
  const [first, second, third] = store.list('whistle')
  expect([first.recording, second.recording]).toEqual(['first', 'first'])
  expect(third.recording).not.toBe('first')
  const expected = makeSound('whistle', 1)
  const sound = await store.sound(second.id)
  expect(sound.every((value, i) => Math.abs(value - expected[i]) < 2e-5)).toBe(true)
  const all: [string, number][] = []
  for await (const one of store.examples()) all.push([one.label, one.sound.length])
  expect(all).toEqual(Array(3).fill(['whistle', RATE]))
})

test('deletions are undone one after the other, a class with its examples, until they are purged', async () => {
  const store = await openStore()
  const counts = () => store.classes.map(({ name, examples }) => [name, examples])
  const [first] = store.list('whistle')
  await store.delete([first.id])
  await store.deleteClass('whistle')
  expect(counts()).toEqual([['background', 0]])
  await store.undo()
  expect(counts()[1]).toEqual(['whistle', 2])
  await store.undo()
  expect(store.list('whistle')[0]).toEqual(first)
  expect(store.canUndo).toBe(false)
  await store.deleteClass('whistle')
  await store.purge()
  expect(store.canUndo).toBe(false)
  await expect(store.sound(first.id)).rejects.toThrow(/no example/)
})

test('a class takes its examples along to another name', async () => {
  const store = await openStore()
  await store.renameClass('whistle', 'kettle')
  expect(store.list('kettle')).toHaveLength(3)
  expect(() => store.list('whistle')).toThrow(/no class "whistle"/)
})

test('every change is told', async () => {
  const store = await openStore()
  let changes = 0
  store.addEventListener('change', () => changes++)
  await store.add('whistle', [makeSound('whistle', 3)])
  await store.renameClass('background', 'room')
  await store.deleteClass('room')
  await store.undo()
  expect(changes).toBe(4)
})

describe('refuses', () => {
  test.each([
    ['a class that is there', (store: ExampleStore) => store.addClass('whistle'), /"whistle" already/],
    ['a class without a name', (store: ExampleStore) => store.addClass(' '), /no name for a class/],
    ['a name that is there', (store: ExampleStore) => store.renameClass('whistle', 'background'), /already/],
    ['an unknown class', (store: ExampleStore) => store.add('door', []), /no class "door"/],
    [
      'an example that is short',
      (store: ExampleStore) => store.add('whistle', [makeSound('whistle', 5), new Float32Array(100)]),
      /6 ms long/,
    ],
  ])('%s, and nothing changes', async (_, act, message) => {
    const store = await openStore()
    const before = [store.classes, store.list()]
    await expect(act(store)).rejects.toMatchObject({
      code: 'arguments',
      message: expect.stringMatching(message),
    })
    expect([store.classes, store.list()]).toEqual(before)
  })

  test('to bring back a class whose name is there again', async () => {
    const store = await openStore()
    await store.deleteClass('whistle')
    await store.addClass('whistle')
    await expect(store.undo()).rejects.toThrow(/already/)
    await store.renameClass('whistle', 'kettle')
    await store.undo()
    expect(store.list('whistle')).toHaveLength(3)
  })
})
