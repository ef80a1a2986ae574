import type { Sequential } from '@tensorflow/tfjs-layers'
import type { BatchFrontend } from '../../../../src/gradient/index.ts'
import { chooseFrontend, Trainer, withEnergyFloor } from '../../../../src/learning/training/index.ts'
import { type Head, type HeadPlace, placesOf } from '../../../../src/model/index.ts'
import { nameOf, type Run } from '../design/runs.ts'
import {
  type ChosenSettings,
  narrowChanceOf,
  type SharedSettings,
  sharedSettings,
} from '../design/settings.ts'
import { frontendOf, isStack } from '../design/systems.ts'
import { networkOf } from '../stack/network-of.ts'
import { Examiner } from './examiner.ts'
import { type Learned, learn } from './learn.ts'
import { type ParameterValues, parameterValues } from './parameter-records.ts'
import { startAt } from './start-at.ts'
import type { TaskClips } from './task-clips.ts'
import type { TaskExampleWork } from './task-example-worker.ts'
import { TestSounds } from './test-windows.ts'
import { withWindow } from './with-window.ts'

/** A frontend and a network with a head for each task, learned. */
export interface TrainedTasks {
  readonly run: Run
  readonly tasks: readonly TaskClips[]
  readonly settings: SharedSettings
  readonly frontend: BatchFrontend
  /** The frontend's numbers before. */
  readonly initial: ParameterValues
  readonly model: Sequential
  readonly heads: readonly Head[]
  readonly places: readonly HeadPlace[]
  readonly sounds: TestSounds
  readonly examiner: Examiner
  readonly learned: Learned
  /** When it began, on the clock of `performance`. */
  readonly began: number
}

/** Frames that the classifier sees of a second: what lies in the middle. */
export const WINDOW_FRAMES = 96

/** Trains. The backend has been prepared. @param checkpoint path where it goes on when it was stopped */
export async function trainTasks(
  run: Run,
  tasks: readonly TaskClips[],
  chosen: ChosenSettings,
  checkpoint: string,
): Promise<TrainedTasks> {
  const began = performance.now()
  const description = withWindow(
    withEnergyFloor(startAt(frontendOf(run.system, chosen), chosen.pcen), chosen.energyFloor),
    chosen.windowMs,
  )
  const { sampleRate, channels } = description
  const samples = sampleRate
  const settings = sharedSettings(run.condition, chosen)
  const heads = tasks.map(({ task, labels }) => ({ name: task, labels: labels.length }))
  const places = placesOf(heads)
  const frontend = chooseFrontend(description, samples, 'all')
  const firstFrame = (frontend.frames - WINDOW_FRAMES) >> 1
  const model = networkOf(run.system, {
    windowFrames: WINDOW_FRAMES,
    channels,
    labels: places[places.length - 1].end,
    seed: run.seed,
    activation: 'linear',
  })
  const initial = parameterValues(frontend)
  const sounds = new TestSounds({ sampleRate, samples, floorDb: settings.floorDb, raised: settings.raised })
  const examiner = new Examiner({ frontend, model, sounds, firstFrame })
  const trainer = new Trainer(frontend, model, {
    ...settings,
    // Results hold it by its former name.
    emaDecay: settings.averaging,
    seed: run.seed,
    learn: 'all',
    heads: heads.map(({ labels }) => labels),
    // A band of channels is one of frequencies: of samples it is a comb.
    unmasked: isStack(run.system),
  })
  const work = workOf(run, tasks, settings, places, { sampleRate, samples, firstFrame })
  const learned = await learn(trainer, {
    name: `${nameOf(run)} ${run.condition}`,
    settings,
    work,
    checkpoint: {
      path: checkpoint,
      settings: JSON.stringify({
        ...run,
        settings,
        heads,
        clips: work.tasks.map(({ clips }) => clips.length),
      }),
    },
  })
  return { run, tasks, settings, frontend, initial, model, heads, places, sounds, examiner, learned, began }
}

function workOf(
  { seed }: Run,
  tasks: readonly TaskClips[],
  settings: SharedSettings,
  places: readonly HeadPlace[],
  sizes: { readonly sampleRate: number; readonly samples: number; readonly firstFrame: number },
): TaskExampleWork {
  const { gainDb, floorDb, raised, batch } = settings
  return {
    batch,
    tasks: tasks.map(({ task, clips }, i) => ({
      clips: clips.train,
      options: {
        ...sizes,
        gainDb,
        floorDb,
        raised,
        narrowChance: narrowChanceOf(task),
        // No two tasks draw the same numbers.
        seed: tasks.length * seed + i,
        labels: places[places.length - 1].end,
        firstLabel: places[i].start,
      },
    })),
  }
}
