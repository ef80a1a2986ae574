import { type Tensor, tensor4d, tidy } from '@tensorflow/tfjs-core'
import { ClipScores } from '../../../src/cli/evaluate/clip-scores.ts'
import { buildLayersModel } from '../../../src/inference/index.ts'
import { ProgressBar } from '../../../src/learning/node/index.ts'
import { withNewHead } from '../../../src/learning/teaching/new-head.ts'
import type { Model } from '../../../src/model/index.ts'

/**
 * Embeds whole clips: the mean of what goes into the model's last dense layer, over its windows.
 *
 * @param what is told while it lasts
 */
export function clipEmbeddings(model: Model, what: string) {
  const { classifier, inputs } = withNewHead(model, 1)
  const network = buildLayersModel(classifier)
  const { windowFrames } = classifier
  const embedding = {
    async infer(windows: Float32Array, batch: number) {
      const inner = (await network).layers.slice(0, -2)
      const output = tidy(() =>
        inner.reduce<Tensor>(
          (values, layer) => layer.apply(values, { training: false }) as Tensor,
          tensor4d(windows, [batch, windowFrames, model.frontend.channels, 1]),
        ),
      )
      const values = (await output.data()) as Float32Array
      output.dispose()
      return values
    },
  }
  // Every input of the last layer is taken for a label.
  const labels = Array.from({ length: inputs }, (_, i) => String(i))
  const scores = new ClipScores({ ...model, labels }, embedding)
  return async (paths: readonly string[]) => {
    const bar = new ProgressBar(what, paths.length)
    const embeddings: Float32Array[] = []
    for (const path of paths) {
      embeddings.push(await scores.of(path))
      bar.advance()
    }
    bar.stop()
    return embeddings
  }
}
