import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { BatchFrontend } from '../../gradient/index.ts'
import { accuracy, confusion, highest } from '../evaluation/index.ts'
import type { Example } from '../examples/index.ts'
import { windowsOf } from '../training/index.ts'
import type { Measure } from './progress.ts'

/** Clips scores before the logarithm; about float32's machine epsilon. */
const MIN_SCORE = 1e-7

/** Scores of examples, 0 to 1 per label. @param size batch size @param pause awaited after each batch */
export async function scoresOf(
  frontend: BatchFrontend,
  model: LayersModel,
  examples: readonly Example[],
  size: number,
  pause: () => Promise<void>,
): Promise<Float32Array[]> {
  const [windowFrames, channels] = model.inputs[0].shape.slice(1) as [number, number]
  const scores: Float32Array[] = []
  for (let start = 0; start < examples.length; start += size) {
    const batch = examples.slice(start, start + size)
    const windows = windowsOf(frontend, batch, windowFrames)
    const output = tidy(
      () => model.predictOnBatch(tensor(windows, [batch.length, windowFrames, channels, 1])) as Tensor,
    )
    const values = (await output.data()) as Float32Array
    output.dispose()
    const labels = values.length / batch.length
    scores.push(...batch.map((_, i) => values.slice(i * labels, (i + 1) * labels)))
    await pause()
  }
  return scores
}

/** Per example, whether the top score is the true class; the first of equal scores counts. */
export function rightOf(scores: readonly Float32Array[], examples: readonly Example[]): boolean[] {
  return examples.map(({ target }, i) => target[highest(scores[i])] === 1)
}

/** Accuracy, and binary cross entropy averaged over examples and labels. */
export function measureOf(scores: readonly Float32Array[], examples: readonly Example[]): Measure {
  const targets = examples.map(({ target }) => target)
  const losses = scores.flatMap((row, i) =>
    Array.from(row, (score, label) => -Math.log(Math.max(targets[i][label] ? score : 1 - score, MIN_SCORE))),
  )
  return {
    accuracy: accuracy(confusion(scores, targets)),
    loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
  }
}
