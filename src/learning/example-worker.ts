import { parentPort, workerData } from 'node:worker_threads'
import { BatchMaker, type BatchOptions } from './batch-maker.ts'
import type { Clip } from './clips.ts'

const { clips, options } = workerData as { clips: readonly Clip[]; options: BatchOptions }
const maker = new BatchMaker(clips, options)

parentPort!.on('message', (index: number) => {
  const batch = maker.make(index)
  parentPort!.postMessage(batch, [batch.features.buffer, batch.targets.buffer])
})
