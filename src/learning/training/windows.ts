import type { BatchFrontend } from '../../gradient/index.ts'
import type { Example } from '../examples/index.ts'

/** What a model sees of sounds: of each its window of frames, [examples, windowFrames, channels]. */
export function windowsOf(
  frontend: BatchFrontend,
  examples: readonly Example[],
  windowFrames: number,
): Float32Array {
  const { frames, channels } = frontend
  const length = windowFrames * channels
  const features = frontend.forward(examples.map(({ sound }) => sound))
  const windows = new Float32Array(examples.length * length)
  examples.forEach(({ firstFrame }, i) => {
    const start = (i * frames + firstFrame) * channels
    windows.set(features.subarray(start, start + length), i * length)
  })
  return windows
}
