import { basename, dirname, join, resolve } from 'node:path'
import { ready, setBackend, tensor } from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-wasm'
import { preset } from '../frontend/index.ts'
import { registerBatchNormGradient } from './batch-norm-gradient.ts'
import { readCheckpoint, writeWhole } from './checkpoint.ts'
import { loadClips } from './clip-cache.ts'
import { confusionPicture } from './confusion-picture.ts'
import { evaluate } from './evaluation.ts'
import { exportModel } from './export.ts'
import { Frontend } from './features.ts'
import { readManifest, type Split } from './manifest.ts'
import { bestThresholds } from './measures.ts'
import { createNetwork } from './network.ts'
import type { TrainOptions } from './options.ts'
import { ProgressBar } from './progress.ts'
import { cardMetrics, describe, table } from './report.ts'
import { clipSet, joinSets, mixtureSet, type ScoredSet, scoreSet } from './scoring.ts'
import { describeSources } from './sources.ts'
import { train } from './training.ts'
import { registerTrainingKernels } from './training-kernels.ts'

/** Almost a second at a hop of 10 ms; divisible by 16, which three poolings and the patches ask for. */
const WINDOW_FRAMES = 96
const HOP_FRAMES = 24
/** Items of a label on valid below which it does not choose its own threshold. */
const LEAST_ITEMS = 5
/** Windows whose scores the model file carries. */
const PROBES = 3

/**
 * `npm run train`: decodes, trains, evaluates, writes the model, metrics.json and confusion.svg.
 *
 * @throws LeafError naming the option, the line of the manifest, or the file.
 */
export async function runTraining(options: TrainOptions): Promise<void> {
  const { seed } = options
  await setBackend('wasm')
  await ready()
  registerTrainingKernels()
  registerBatchNormGradient()

  const manifest = readManifest(options.data)
  const { labels } = manifest
  const rows = manifest.rows.filter(
    ({ split, shippable }) => split === 'test' || shippable || !options.shippable,
  )
  const description = preset(options.frontend)
  const { sampleRate } = description
  const decoding = new ProgressBar('decoding clips', rows.length)
  const clips = await loadClips(rows, sampleRate, () => decoding.advance())
  decoding.stop()
  const clipsOf = (split: Split) => clips.filter(({ row }) => row.split === split)

  const frontend = new Frontend(description)
  const window = { sampleRate, windowFrames: WINDOW_FRAMES, hopFrames: HOP_FRAMES, labels, seed }
  const wholeSet = (split: Split) =>
    joinSets(clipSet(clipsOf(split), frontend, window), mixtureSet(clipsOf(split), frontend, window))
  const valid = wholeSet('valid')
  const model = createNetwork({
    windowFrames: WINDOW_FRAMES,
    channels: frontend.channels,
    labels: labels.length,
    seed,
  })
  const { resume, steps, batch, rate, check, patience, shippable } = options
  const settings = JSON.stringify({
    labels,
    frontend: options.frontend,
    shippable,
    steps,
    batch,
    rate,
    check,
    seed,
  })
  const checkpoint = { path: `${options.out}.checkpoint`, settings }
  const training = new ProgressBar('training', steps)
  const { best } = await train(
    model,
    clipsOf('train'),
    valid,
    { ...window, frontend: description, size: batch, steps, rate, check, patience, checkpoint },
    resume ? readCheckpoint(checkpoint.path, settings) : undefined,
    ({ step, loss, speed, valid: score }) => {
      training.reach(step)
      if (score === undefined) return
      const figures = `loss ${loss.toFixed(4)}, valid mAP ${score.toFixed(3)}, ${speed.toFixed(0)} examples/s`
      training.say(`step ${step} of ${steps}: ${figures}`)
    },
  )
  training.stop()
  model.setWeights(best.averages.map((values, i) => tensor(values, model.weights[i].shape as number[])))

  const thresholds = bestThresholds(scoreSet(model, valid), valid.targets, LEAST_ITEMS)
  const testClips = clipsOf('test')
  const measured = (set: ScoredSet) => evaluate(model, set, labels, thresholds)
  const test = {
    clips: measured(clipSet(testClips, frontend, window)),
    shippable: measured(
      clipSet(
        testClips.filter(({ row }) => row.shippable),
        frontend,
        window,
      ),
    ),
    withMixtures: measured(wholeSet('test')),
  }
  const learned = clips.filter(({ row }) => row.split !== 'test').map(({ row }) => row)
  const name = options.name ?? basename(resolve(options.data))
  const bytes = exportModel(model, {
    ...window,
    frontend: description,
    thresholds,
    probes: valid.windows.slice(0, PROBES).map(([first]) => first),
    card: {
      name,
      description: describe(options, best.step, model.countParams()),
      ...describeSources(options.data, learned),
      metrics: cardMetrics(test),
    },
  })
  writeWhole(options.out, bytes)
  const results = options.results ?? dirname(options.out)
  const metrics = {
    ...(JSON.parse(settings) as object),
    bestStep: best.step,
    weights: model.countParams(),
    bytes: bytes.length,
    learnedFrom: learned.length,
    valid: measured(valid).figures,
    test: {
      clips: test.clips.figures,
      shippable: test.shippable.figures,
      withMixtures: test.withMixtures.figures,
    },
    perLabel: test.clips.perLabel,
    confusion: test.clips.confusion,
  }
  writeWhole(join(results, 'metrics.json'), `${JSON.stringify(metrics, null, 2)}\n`)
  writeWhole(join(results, 'confusion.svg'), confusionPicture(test.clips.confusion, labels))
  process.stdout.write(table(test.clips, test.withMixtures))
}
