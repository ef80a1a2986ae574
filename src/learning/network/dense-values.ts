import type { Model } from '../../model/index.ts'
import { withNewHead } from './new-head.ts'

/** A dense layer: kernel [inputs, labels], row-major, and bias [labels]. */
export interface DenseValues {
  readonly kernel: Float32Array
  readonly bias: Float32Array
}

/** @throws LeafError `model-file` for a classifier that does not end in a dense layer */
export function lastLayerOf(model: Pick<Model, 'classifier' | 'frontend'>): DenseValues {
  const { name } = withNewHead(model, 1)
  const of = (part: string) =>
    model.classifier.weights.find((weight) => weight.name === `${name}/${part}`)!.values
  return { kernel: of('kernel'), bias: of('bias') }
}

/** Scores, 0 to 1 per label, that a dense layer and its sigmoids give an embedding. */
export function denseScores({ kernel, bias }: DenseValues, embedding: ArrayLike<number>): Float32Array {
  const sums = Float64Array.from(bias)
  for (let i = 0; i < embedding.length; i++) {
    for (let label = 0; label < sums.length; label++)
      sums[label] += embedding[i] * kernel[i * sums.length + label]
  }
  return Float32Array.from(sums, (sum) => 1 / (1 + Math.exp(-sum)))
}
