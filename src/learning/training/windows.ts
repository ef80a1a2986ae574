import type { BatchFrontend } from '../../gradient/index.ts'
import type { Example } from '../examples/index.ts'

/**
 * The network's input: of each sound its window of frames, and features as they are, [examples, windowFrames, channels]
 * or [examples, length of an embedding].
 */
export function windowsOf(
  frontend: BatchFrontend,
  examples: readonly Example[],
  windowFrames: number,
): Float32Array {
  const { frames, channels } = frontend
  const sounds = examples.flatMap((example) => ('sound' in example ? [example.sound] : []))
  const computed = sounds.length > 0 ? frontend.forward(sounds) : new Float32Array(0)
  let next = 0
  const windows = examples.map((example) => {
    if ('features' in example) return example.features
    const start = (next++ * frames + example.firstFrame) * channels
    return computed.subarray(start, start + windowFrames * channels)
  })
  const all = new Float32Array(windows.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const window of windows) {
    all.set(window, at)
    at += window.length
  }
  return all
}
