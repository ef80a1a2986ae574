import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { stepSeconds } from '../../src/inference/index.ts'
import { loadClassifier } from '../../src/inference/node.ts'
import { openModel } from '../../src/model/node.ts'

/** What a classifier costs live, beside its frontend. */
export interface ClassifierCost {
  readonly name: string
  readonly median_ms_per_window: number
  /** Of one core, a window every hop. */
  readonly percent_of_core: number
}

/** Of each model in a folder, turn by turn; one window at once, as they come live. */
export async function classifierCosts(folder: string, rounds: number): Promise<ClassifierCost[]> {
  const loaded = []
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.safetensors'))) {
    const model = await openModel(join(folder, name))
    const window = model.probe.input.slice(0, model.classifier.windowFrames * model.frontend.channels)
    loaded.push({ name, model, window, classifier: await loadClassifier(model), times: [] as number[] })
  }
  for (let round = 0; round < rounds + 5; round++) {
    for (const { classifier, window, times } of loaded) {
      const start = performance.now()
      await classifier.infer(window, 1)
      // The first rounds warm the compilers up.
      if (round >= 5) times.push(performance.now() - start)
    }
  }
  return loaded.map(({ name, model, classifier, times }) => {
    classifier.dispose()
    const median = times.sort((a, b) => a - b)[times.length >> 1]
    return {
      name,
      median_ms_per_window: Number(median.toFixed(2)),
      percent_of_core: Number((median / (10 * stepSeconds(model))).toFixed(2)),
    }
  })
}
