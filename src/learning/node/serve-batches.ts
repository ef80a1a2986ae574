import { parentPort } from 'node:worker_threads'
import { type ExampleSource, makeBatch, type SoundBatch } from '../examples/index.ts'

/**
 * On a worker thread: answers each index with the batch of that index.
 *
 * @param finish what is done to a batch before it is given away
 */
export function serveBatches(
  source: ExampleSource,
  size: number,
  finish: (batch: SoundBatch) => SoundBatch | Promise<SoundBatch> = (batch) => batch,
): void {
  parentPort!.on('message', async (index: number) => {
    const batch = await finish(makeBatch(source, index, size))
    parentPort!.postMessage(
      batch,
      batch.examples.flatMap((example) => {
        const { buffer } = 'sound' in example ? example.sound : example.features
        return [buffer as ArrayBuffer, example.target.buffer as ArrayBuffer]
      }),
    )
  })
}
