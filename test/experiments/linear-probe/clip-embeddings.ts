import { ClipScores } from '../../../src/cli/evaluate/clip-scores.ts'
import { buildLayersModel } from '../../../src/inference/index.ts'
import { embedWindows, withNewHead } from '../../../src/learning/network/index.ts'
import { ProgressBar } from '../../../src/learning/node/index.ts'
import type { Model } from '../../../src/model/index.ts'

/**
 * Embeds whole clips: the mean of what goes into the model's last dense layer, over its windows.
 *
 * @param what is told while it lasts
 */
export function clipEmbeddings(model: Model, what: string) {
  const { classifier, inputs } = withNewHead(model, 1)
  const network = buildLayersModel(classifier)
  const infer = async (windows: Float32Array, count: number) => embedWindows(await network, windows, count)
  // Every input of the last layer is taken for a label.
  const labels = Array.from({ length: inputs }, (_, i) => String(i))
  const scores = new ClipScores({ ...model, labels }, { infer })
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
