import { tensor, tidy } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { inputOfLast } from './apply-layers.ts'

/**
 * Embeddings of windows.
 *
 * @param model as `embed` takes it @param windows [count, windowFrames, channels]
 * @returns [count, inputs of the last dense layer]
 */
export async function embedWindows(
  model: LayersModel,
  windows: Float32Array,
  count: number,
): Promise<Float32Array> {
  const shape = model.inputs[0].shape.slice(1) as [number, number, number]
  const output = tidy(() => inputOfLast(model, tensor(windows, [count, ...shape]), false))
  const values = (await output.data()) as Float32Array
  output.dispose()
  return values
}
