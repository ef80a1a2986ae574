import { type FrameInlet, type FrameReader, openFrames } from '../../../src/frame-channel/index.ts'

const frames: { index: number; arrived: number }[] = []
let reader: FrameReader

self.onmessage = ({ data }: MessageEvent<FrameInlet | 'report'>) => {
  if (data === 'report') {
    reader.close()
    self.postMessage(frames)
    return
  }
  reader = openFrames(data)
  reader.onAvailable = () => {
    reader.drain((index) => frames.push({ index, arrived: Date.now() }))
  }
}
