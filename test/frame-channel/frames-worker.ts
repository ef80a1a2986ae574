import { parentPort } from 'node:worker_threads'
import { type FrameInlet, openFrames } from '../../src/frame-channel/index.ts'
import { frameTime, frameValues } from './frame-pattern.ts'

// A listener that stays keeps the thread alive.
parentPort?.on('message', ({ inlet, frames }: { inlet: FrameInlet; frames: number }) => {
  const reader = openFrames(inlet)
  const report = { received: 0, wrong: 0, last: -1 }
  reader.onAvailable = () => {
    reader.drain((index, time, values) => {
      const expected = frameValues(index, values.length)
      const right = time === frameTime(index) && values.every((value, channel) => value === expected[channel])
      if (!right || index <= report.last) report.wrong++
      report.received++
      report.last = index
    })
    if (report.last === frames - 1) parentPort?.postMessage(report)
  }
})
parentPort?.postMessage('ready')
