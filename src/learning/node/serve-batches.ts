import { parentPort } from 'node:worker_threads'
import { type ExampleSource, makeBatch } from '../examples/index.ts'

/** On a worker thread: answers each index with the batch of that index. */
export function serveBatches(source: ExampleSource, size: number): void {
  parentPort!.on('message', (index: number) => {
    const batch = makeBatch(source, index, size)
    parentPort!.postMessage(
      batch,
      batch.examples.flatMap((example) => {
        const { buffer } = 'sound' in example ? example.sound : example.features
        return [buffer as ArrayBuffer, example.target.buffer as ArrayBuffer]
      }),
    )
  })
}
