import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import type { ExampleWork } from '../../../src/learning/command/example-worker.ts'
import { Examples } from '../../../src/learning/data/clip-examples.ts'
import type { Clip } from '../../../src/learning/data/clips.ts'
import { makeBatch } from '../../../src/learning/examples/batch-maker.ts'
import { BatchQueue } from '../../../src/learning/node/batch-queue.ts'
import { tone } from '../tone-folder.ts'

const MODULE = new URL('../../../src/learning/command/example-worker.ts', import.meta.url)

/** Two clips, from which the thread makes batches of three. */
function work(): ExampleWork {
  const clips = ['low', 'high'].map((name, label): Clip => {
    const row = {
      file: name,
      path: name,
      labels: [label],
      split: 'train',
      group: name,
      source: '',
      shippable: true,
    } as const
    const sound = tone(400 * (1 + label), 16000, label)
    return { row, samples: Int16Array.from(sound, (sample) => 32767 * sample) }
  })
  const options = { seed: 1, sampleRate: 16000, hop: 160, windowFrames: 96, labels: ['low', 'high'] }
  return { clips, unlabelled: [], options, size: 3, teacher: undefined }
}

test('batches come in their order, from the first that is wanted', async () => {
  const given = work()
  const queue = new BatchQueue(MODULE, given, 5)
  const batches = [await queue.take(), await queue.take(), await queue.take()]
  await queue.close()
  const source = new Examples(given.clips, given.options)
  expect(batches).toEqual([5, 6, 7].map((index) => makeBatch(source, index, given.size)))
})

test('a batch that was used takes no memory', async () => {
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void
  const queue = new BatchQueue(MODULE, work(), 0)
  const used: WeakRef<object>[] = []
  for (let i = 0; i < 8; i++) used.push(new WeakRef(await queue.take()))
  // What a WeakRef was made of in a turn lives until its end.
  await new Promise((resolve) => setTimeout(resolve, 50))
  collectGarbage()
  await queue.close()
  expect(used.filter((batch) => batch.deref()).length).toBeLessThanOrEqual(1)
})

test('what fails on the thread is thrown where a batch is taken', async () => {
  const queue = new BatchQueue(MODULE, { ...work(), clips: null }, 0)
  await expect(queue.take()).rejects.toThrow()
  await expect(queue.take()).rejects.toThrow()
  await queue.close()
})
