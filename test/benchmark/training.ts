import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers'
import { preset } from '../../src/frontend/index.ts'
import { prepareBackend } from '../../src/learning/backend.ts'
import { createNetwork } from '../../src/learning/network/index.ts'
import { BatchQueue, WorkerReplica } from '../../src/learning/node/index.ts'
import { chooseFrontend, type Learn, Trainer } from '../../src/learning/training/index.ts'
import { seeded } from '../engine/signals.ts'
import type { TaskExampleWork } from '../experiments/tasks/train/task-example-worker.ts'
import { WINDOW_FRAMES } from '../experiments/tasks/train/train-tasks.ts'

/** Clips a step. */
export const BATCH = 64
const SAMPLES = 16000
const LABELS = 35
/** Steps of a turn: many more than the batches that lie ready when it begins. */
const TURN = 16

/** Training of LEAF and the default classifier on clips of a second; the thread that makes the sounds is counted in. */
export interface TrainingSpeed {
  readonly name: string
  /** Medians over the turns. */
  readonly clips_per_second: number
  readonly cpu_ms_per_clip: number
  /** Median over the rounds of the time of TensorFlow.js, as it was trained before, over this one's. */
  readonly times_tensorflow: number
}

interface Contender {
  readonly name: string
  readonly learn: Learn
  readonly isPeer: boolean
  readonly trainer: Trainer
  readonly batches: BatchQueue
  /** Milliseconds of each turn: on the clock, and of all threads together. */
  readonly walls: number[]
  readonly cpus: number[]
}

/** Turn by turn, all in one process. */
export async function trainingSpeeds(rounds: number): Promise<TrainingSpeed[]> {
  await prepareBackend()
  const contenders = (['all', 'nothing'] as const).flatMap((learn) => [
    contender(`${wordsOf(learn)}, TensorFlow.js, one thread and one for sounds`, learn, 'peer'),
    contender(`${wordsOf(learn)}, kernel, one thread and one for sounds`, learn, 'alone'),
    contender(`${wordsOf(learn)}, kernel, two threads and one for sounds`, learn, 'both'),
  ])
  // The first round warms up.
  for (let round = 0; round < rounds + 1; round++) {
    for (const one of contenders) {
      const [start, used] = [performance.now(), process.cpuUsage()]
      for (let i = 0; i < TURN; i++) await one.trainer.step(await one.batches.take(), 0.001)
      const { user, system } = process.cpuUsage(used)
      if (round === 0) continue
      one.walls.push(performance.now() - start)
      one.cpus.push((user + system) / 1000)
    }
  }
  for (const { trainer, batches } of contenders) await Promise.all([trainer.close(), batches.close()])
  return contenders.map(({ name, learn, walls, cpus }) => {
    const peer = contenders.find((other) => other.isPeer && other.learn === learn)!
    return {
      name,
      clips_per_second: Number(((1000 * TURN * BATCH) / median(walls)).toFixed(1)),
      cpu_ms_per_clip: Number((median(cpus) / (TURN * BATCH)).toFixed(3)),
      times_tensorflow: Number(median(walls.map((wall, i) => peer.walls[i] / wall)).toFixed(2)),
    }
  })
}

const wordsOf = (learn: Learn) => (learn === 'all' ? 'LEAF learning' : 'LEAF fixed')
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]

function contender(name: string, learn: Learn, how: 'peer' | 'alone' | 'both'): Contender {
  const made = { description: preset('leaf'), samples: SAMPLES, learn }
  const frontend = chooseFrontend(made.description, SAMPLES, learn)
  const { channels } = frontend
  const network = createNetwork({
    ...{ windowFrames: WINDOW_FRAMES, channels, labels: LABELS, seed: 1, activation: 'linear' },
  })
  const trainer = new Trainer(
    frontend,
    how === 'peer' ? leftToTensorFlow(network) : network,
    {
      ...{ seed: 1, learn, heads: [LABELS], dropout: 0, decay: 0.02, emaDecay: 0.998, frontendRate: 1 },
    },
    how === 'both' ? (work) => new WorkerReplica(work, made, BATCH) : undefined,
  )
  const module = new URL('../experiments/tasks/train/task-example-worker.ts', import.meta.url)
  const firstFrame = (frontend.frames - WINDOW_FRAMES) >> 1
  const batches = new BatchQueue(module, soundsToMake(firstFrame), 0)
  return { name, learn, isPeer: how === 'peer', trainer, batches, walls: [], cpus: [] }
}

/** The same network with a layer more that does nothing: the trainer then does not know it, and TensorFlow.js trains it. */
function leftToTensorFlow(network: Sequential): Sequential {
  const idle = layers.activation({ activation: 'linear' })
  return sequential({ layers: [...network.layers.slice(0, -2), idle, ...network.layers.slice(-2)] })
}

/** Noise of two seconds, as the clips of a task. */
function soundsToMake(firstFrame: number): TaskExampleWork {
  const random = seeded(5)
  const clips = Array.from({ length: LABELS }, (_, label) => ({
    clip: {
      row: {
        ...{ file: '', path: '', source: '', group: String(label), shippable: true },
        ...{ labels: [label], split: 'train' as const },
      },
      samples: Int16Array.from({ length: 2 * SAMPLES }, () => 6000 * (random() - 0.5)),
    },
    label,
    gain: 1,
  }))
  const options = {
    ...{ seed: 1, sampleRate: 16000, samples: SAMPLES, firstFrame, labels: LABELS, firstLabel: 0 },
    ...{ gainDb: 6, narrowChance: 0.5, floorDb: [-80, -60] as const },
  }
  return { batch: BATCH, tasks: [{ clips, options }] }
}
