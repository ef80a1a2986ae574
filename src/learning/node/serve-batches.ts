import { parentPort } from 'node:worker_threads'
import type { SoundBatch } from '../examples/index.ts'

/**
 * On a worker thread: answers each index with the batch that `make` makes of it. Sounds are given away; features and targets are copied, since
 * their maker may keep them.
 */
export function serveBatches(make: (index: number) => SoundBatch | Promise<SoundBatch>): void {
  parentPort!.on('message', async (index: number) => {
    const batch = await make(index)
    parentPort!.postMessage(
      batch,
      batch.examples.flatMap((example) => ('sound' in example ? [example.sound.buffer as ArrayBuffer] : [])),
    )
  })
}
