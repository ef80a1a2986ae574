import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'

/** Scores of windows, 0 to 1 per label. */
export function scoreWindows(model: LayersModel, windows: readonly Float32Array[]): Float32Array[] {
  const [windowFrames, channels] = model.inputs[0].shape.slice(1) as number[]
  const flat = new Float32Array(windows.length * windowFrames * channels)
  for (const [i, window] of windows.entries()) flat.set(window, i * window.length)
  const scores = tidy(() => {
    const input = tensor(flat, [windows.length, windowFrames, channels, 1])
    return (model.predict(input) as Tensor).dataSync() as Float32Array
  })
  const labels = scores.length / windows.length
  return windows.map((_, i) => scores.slice(i * labels, (i + 1) * labels))
}
