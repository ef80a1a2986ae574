import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core'
import type { Sequential } from '@tensorflow/tfjs-layers'
import type { BatchFrontend } from '../../gradient/index.ts'
import { accuracy, confusion, highest } from '../evaluation/index.ts'
import type { Example } from '../examples/index.ts'
import { windowsOf } from '../training/index.ts'
import type { Measure } from './progress.ts'

/** Keeps the logarithm of a score finite. */
const LEAST_SCORE = 1e-7

/** Scores 0 to 1 of examples, one per label. @param size examples at a time @param pause waited for between them */
export async function scoresOf(
  frontend: BatchFrontend,
  model: Sequential,
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

/** Whether the highest score of each example, the first of several, is that of its class. */
export function rightOf(scores: readonly Float32Array[], examples: readonly Example[]): boolean[] {
  return examples.map(({ target }, i) => target[highest(scores[i])] === 1)
}

export function measured(scores: readonly Float32Array[], examples: readonly Example[]): Measure {
  const targets = examples.map(({ target }) => target)
  const losses = scores.flatMap((row, i) =>
    Array.from(
      row,
      (score, label) => -Math.log(Math.max(targets[i][label] ? score : 1 - score, LEAST_SCORE)),
    ),
  )
  return {
    accuracy: accuracy(confusion(scores, targets)),
    loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
  }
}
