import { ClipScores } from '../../src/cli/evaluate/clip-scores.ts'
import { loadClassifier } from '../../src/inference/node.ts'
import { ProgressBar } from '../../src/learning/node/index.ts'
import type { Model } from '../../src/model/index.ts'

/** Of each clip the scores of its windows. @param what is told while it lasts */
export async function windowsOf(
  model: Model,
  paths: readonly string[],
  what: string,
): Promise<Float32Array[][]> {
  const classifier = await loadClassifier(model)
  const scores = new ClipScores(model, classifier)
  const bar = new ProgressBar(what, paths.length)
  const windows: Float32Array[][] = []
  for (const path of paths) {
    windows.push(await scores.windowsOf(path))
    bar.advance()
  }
  bar.stop()
  classifier.dispose()
  return windows
}
