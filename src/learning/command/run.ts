import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Sequential } from '@tensorflow/tfjs-layers'
import type { BatchFrontend } from '../../gradient/index.ts'
import { openModel } from '../../model/node.ts'
import { prepareBackend } from '../backend.ts'
import { describeSources, joinSources, longestExample } from '../data/index.ts'
import { averagePrecisions, logit, mean, scoreSet } from '../evaluation/index.ts'
import { copyLabels, createNetwork, loadWeights, type NetworkOptions } from '../network/index.ts'
import {
  BatchQueue,
  ProgressBar,
  prepareOutput,
  readCheckpoint,
  WorkerReplica,
  writeCheckpoint,
} from '../node/index.ts'
import {
  type Best,
  chooseFrontend,
  Trainer,
  type TrainingProgress,
  type TrainingState,
  train,
} from '../training/index.ts'
import { type Dataset, loadDataset, seenThrough } from './dataset.ts'
import type { ExampleWork } from './example-worker.ts'
import { writeResults } from './results.ts'
import { writeStudent } from './student.ts'
import type { TrainOptions } from './train-options.ts'

/**
 * `npm run train`: decodes, trains, evaluates, writes the model, metrics.json and confusion.svg.
 *
 * @throws LeafError naming the option, the line of the manifest, or the file.
 */
export async function runTraining(options: TrainOptions): Promise<void> {
  await prepareBackend()
  const path = options.from ?? options.frontendFile
  const file = path === undefined ? undefined : await openModel(path)
  const dataset = await loadDataset(options, file)
  const { window, description, labels, clips } = dataset
  const sounds = [...Object.values(clips), dataset.unlabelled].flatMap((some) =>
    some.map(({ row }) => row.path),
  )
  const folders = [options.data, ...(options.backgrounds === undefined ? [] : [options.backgrounds])]
  const read = [
    ...folders.map((folder) => join(folder, 'manifest.csv')),
    ...sounds,
    ...[options.teacher, path].flatMap((some) => some ?? []),
  ]
  prepareOutput(options.out, read)
  if (options.student !== undefined) prepareOutput(options.student, [...read, options.out])
  // What cannot be read is said before hours of work.
  const own = describeSources(
    options.data,
    [...clips.train, ...clips.valid, ...dataset.unlabelled].map(({ row }) => row),
  )
  const sources = file ? joinSources(own, file.card) : own
  const { channels, hop } = dataset.frontend
  const teacherLabels = options.teacher === undefined ? [] : (await openModel(options.teacher)).labels
  const teachers = teacherLabels.length
  const network: NetworkOptions = {
    windowFrames: window.windowFrames,
    channels,
    labels: labels.length,
    seed: options.seed,
    activation: 'sigmoid',
    filters: options.filters,
  }
  const model = createNetwork({ ...network, labels: labels.length + teachers })
  if (file && options.from !== undefined) loadWeights(model, file.classifier.weights, SELDOM)
  const named = teachers > 0 ? createNetwork(network) : model
  const ofLabels = () => {
    if (named !== model) copyLabels(model, named, 0)
    return named
  }
  const samples = longestExample({ ...window, hop })
  const { learn: part, batch } = options
  const frontend = chooseFrontend(description, samples, part)
  const trainer = new Trainer(
    frontend,
    model,
    {
      seed: options.seed,
      dropout: 0.3,
      decay: 0.02,
      emaDecay: 0.998,
      labelShares: teachers > 0 ? sharesOf(labels.length, teachers) : undefined,
      learn: part,
      frontendRate: options.frontendRate,
    },
    part === 'nothing' || batch >= SHARED_WHERE_LEARNED
      ? (work) => new WorkerReplica(work, { description, samples, learn: part }, batch)
      : undefined,
  )
  const best = await learn(trainer, frontend, ofLabels, dataset, options)
  trainer.load(best.values)
  const learned = seenThrough(frontend.describe(), dataset)
  writeResults(ofLabels(), learned, options, best.step, sources)
  if (options.student !== undefined) {
    const student = createNetwork({ ...network, labels: teachers })
    copyLabels(model, student, labels.length)
    writeStudent(student, options.student, {
      labels: teacherLabels,
      dataset: learned,
      options,
      step: best.step,
      sources,
    })
  }
  rmSync(checkpointOf(options))
}

/** Both threads rebuild a frontend that learns at every step: in smaller batches that costs more than the second gains. */
const SHARED_WHERE_LEARNED = 64

/**
 * A teacher's labels together count as much as the student's: in units of what it costs to answer always with the share
 * in which a label is heard. Of the events pack's examples that is 0.284 nats a label, of YAMNet's scores for them 0.0198.
 */
function sharesOf(labels: number, teachers: number): number[] {
  return [
    ...new Array<number>(labels).fill(1 / labels),
    ...new Array<number>(teachers).fill(TEACHER_SHARE / teachers),
  ]
}
const TEACHER_SHARE = 0.284 / 0.0198
/** Log-odds of the share of examples in which a label is heard where that costs those 0.0198 nats. */
const SELDOM = logit(0.0029)

const checkpointOf = ({ out }: TrainOptions) => `${out}.checkpoint`

async function learn(
  trainer: Trainer,
  frontend: BatchFrontend,
  ofLabels: () => Sequential,
  dataset: Dataset,
  options: TrainOptions,
): Promise<Best> {
  const { clips, unlabelled, window, labels } = dataset
  const { steps, batch, rate, check, patience, seed, resume } = options
  const settings = JSON.stringify({
    labels,
    clips: clips.train.length,
    ...{ from: options.from, frontend: options.frontend, frontendFile: options.frontendFile },
    energyFloor: dataset.description.energyFloor,
    ...{ learn: options.learn, shippable: options.shippable, leaveOut: options.leaveOut },
    ...{
      filters: options.filters,
      teacher: options.teacher,
      unlabelled: unlabelled.length,
    },
    ...(options.teacher !== undefined && { teacherExamples: options.teacherExamples }),
    ...{ steps, batch, rate, frontendRate: options.frontendRate, check, seed },
  })
  const resumed = resume
    ? readCheckpoint<TrainingState>(checkpointOf(options), settings, 'start without --resume')
    : undefined
  const work: ExampleWork = {
    clips: clips.train,
    unlabelled,
    options: { ...window, hop: dataset.frontend.hop },
    size: batch,
    teacher:
      options.teacher === undefined
        ? undefined
        : {
            path: options.teacher,
            examples: options.teacherExamples,
            frontend: frontend.parameters.length === 0 ? dataset.description : undefined,
          },
  }
  const bar = new ProgressBar('training', steps)
  if (options.teacher !== undefined)
    bar.say('before the first step the teacher learns the labels: some minutes')
  try {
    return await train(
      {
        trainer,
        batches: new BatchQueue(new URL('./example-worker.ts', import.meta.url), work, resumed?.step ?? 0),
        score: () => {
          const { valid } = options.learn === 'nothing' ? dataset : seenThrough(frontend.describe(), dataset)
          return mean(averagePrecisions(scoreSet(ofLabels(), valid), valid.targets))
        },
        resumed,
        save: (state) => writeCheckpoint(checkpointOf(options), { settings, state }),
        onProgress: (progress) => {
          bar.reach(progress.step)
          if (progress.valid !== undefined) bar.say(figuresOf(progress, steps))
        },
      },
      { steps, rate, check, patience },
    )
  } finally {
    bar.stop()
  }
}

function figuresOf(
  { step, loss, rate, speed, secondsLeft, leftOut, valid }: TrainingProgress,
  steps: number,
) {
  const figures = `loss ${loss.toFixed(4)}, valid mAP ${valid!.toFixed(3)}, rate ${rate.toPrecision(2)}`
  const time = `${speed.toFixed(0)} examples/s, ${Math.ceil(secondsLeft / 60)} min left`
  return `step ${step} of ${steps}: ${figures}, ${time}${leftOut > 0 ? `, ${leftOut} steps left out` : ''}`
}
