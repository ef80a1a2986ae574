import { type Tensor, tensor4d, tidy } from '@tensorflow/tfjs-core'
import { LeafError } from '../error.ts'
import { type Model, softmaxOfHeads } from '../model/index.ts'
import { buildLayersModel } from './layers-model.ts'

/** A classifier ready to score windows on the TensorFlow.js backend it was built on. */
export interface Inference {
  /**
   * @param windows [batch, windowFrames, channels], row-major
   * @returns scores 0 to 1, [batch, labels], row-major; with heads those of a head sum to 1
   * @throws LeafError `classifier` when the backend gives numbers that are no scores
   */
  infer(windows: Float32Array, batch: number): Promise<Float32Array>
  /** Frees the weights. */
  dispose(): void
}

/** Builds a model's classifier on the backend in use. */
export async function buildInference(model: Omit<Model, 'probe'>): Promise<Inference> {
  const { heads } = model
  const layers = await buildLayersModel(model.classifier)
  const { windowFrames } = model.classifier
  const { channels } = model.frontend
  return {
    async infer(windows, batch) {
      const output = tidy(() => {
        const input = tensor4d(windows, [batch, windowFrames, channels, 1])
        return layers.predictOnBatch(input) as Tensor
      })
      const scores = (await output.data()) as Float32Array
      output.dispose()
      if (heads) softmaxOfHeads(scores, heads)
      const bad = scores.find((score) => !(score >= 0 && score <= 1))
      if (bad === undefined) return scores
      throw new LeafError(
        'classifier',
        `The classifier gave ${bad} as a score.`,
        'Try another backend or model.',
      )
    },
    dispose() {
      layers.dispose()
    },
  }
}
