import { rmSync } from 'node:fs'
import { ready, setBackend, tensor } from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-wasm'
import type { Sequential } from '@tensorflow/tfjs-layers'
import { registerBatchNormGradient } from './batch-norm-gradient.ts'
import { type Best, readCheckpoint } from './checkpoint.ts'
import { type Dataset, loadDataset } from './dataset.ts'
import { createNetwork } from './network.ts'
import type { TrainOptions } from './options.ts'
import { ProgressBar } from './progress.ts'
import { writeResults } from './results.ts'
import { train } from './training.ts'
import { registerTrainingKernels } from './training-kernels.ts'

/**
 * `npm run train`: decodes, trains, evaluates, writes the model, metrics.json and confusion.svg.
 *
 * @throws LeafError naming the option, the line of the manifest, or the file.
 */
export async function runTraining(options: TrainOptions): Promise<void> {
  await setBackend('wasm')
  await ready()
  registerTrainingKernels()
  registerBatchNormGradient()
  const dataset = await loadDataset(options)
  const { window, frontend, labels } = dataset
  const model = createNetwork({
    windowFrames: window.windowFrames,
    channels: frontend.channels,
    labels: labels.length,
    seed: options.seed,
  })
  const best = await learn(model, dataset, options)
  model.setWeights(best.averages.map((values, i) => tensor(values, model.weights[i].shape as number[])))
  writeResults(model, dataset, options, best.step)
  rmSync(checkpointOf(options))
}

const checkpointOf = ({ out }: TrainOptions) => `${out}.checkpoint`

async function learn(model: Sequential, dataset: Dataset, options: TrainOptions): Promise<Best> {
  const { clips, description, window, valid } = dataset
  const { frontend, shippable, steps, batch, rate, check, patience, seed, resume } = options
  const settings = JSON.stringify({
    labels: dataset.labels,
    clips: clips.train.length,
    ...{ frontend, shippable, steps, batch, rate, check, seed },
  })
  const checkpoint = { path: checkpointOf(options), settings }
  const bar = new ProgressBar('training', steps)
  try {
    return await train(
      model,
      clips.train,
      valid,
      { ...window, frontend: description, size: batch, steps, rate, check, patience, checkpoint },
      resume ? readCheckpoint(checkpoint.path, settings) : undefined,
      ({ step, loss, speed, valid: score }) => {
        bar.reach(step)
        if (score === undefined) return
        const figures = `loss ${loss.toFixed(4)}, valid mAP ${score.toFixed(3)}, ${speed.toFixed(0)} examples/s`
        bar.say(`step ${step} of ${steps}: ${figures}`)
      },
    )
  } finally {
    bar.stop()
  }
}
