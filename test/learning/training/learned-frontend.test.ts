import '@tensorflow/tfjs-backend-wasm'
import { beforeAll, expect, test } from 'vitest'
import { type PresetName, preset } from '../../../src/frontend/index.ts'
import { LearnableFrontend } from '../../../src/gradient/index.ts'
import { prepareBackend } from '../../../src/learning/backend.ts'
import { makeBatch } from '../../../src/learning/examples/batch-maker.ts'
import { createNetwork } from '../../../src/learning/network/network.ts'
import { Random } from '../../../src/learning/random/random.ts'
import { type Learn, Trainer } from '../../../src/learning/training/trainer.ts'
import { type TrainingState, train } from '../../../src/learning/training/training.ts'
import { tone } from '../tone-folder.ts'

const SIZES = { windowFrames: 32, channels: 16, labels: 2, seed: 1 }
const SAMPLES = 160 * 36
const OPTIONS = { steps: 16, rate: 0.01, check: 4, patience: 9 }

/** Tones of two pitches over noise. */
const source = {
  make(index: number) {
    const random = new Random(index)
    const label = random.below(2)
    const sound = tone(label === 0 ? random.between(400, 900) : random.between(900, 1800), SAMPLES, index)
    const target = Float32Array.from([0, 1], (place) => (place === label ? 1 : 0))
    return { sound: sound.map((x) => x + 0.2 * random.normal()), firstFrame: 2, target }
  },
}

function batchesFrom(first: number) {
  let next = first
  return { take: async () => makeBatch(source, next++, 8), close: async () => {} }
}

function newTraining(name: PresetName, learn: Learn) {
  const frontend = new LearnableFrontend(preset(name, { channels: SIZES.channels }), SAMPLES)
  const model = createNetwork({ ...SIZES, activation: 'linear' })
  const options = { heads: [SIZES.labels], seed: 1, dropout: 0, decay: 0.02, emaDecay: 0.9, frontendRate: 1 }
  return { frontend, trainer: new Trainer(frontend, model, { ...options, learn }) }
}

const run = async (
  { trainer }: ReturnType<typeof newTraining>,
  resumed?: TrainingState,
  save?: (state: TrainingState) => void,
) => train({ trainer, batches: batchesFrom(resumed?.step ?? 0), score: () => 1, resumed, save }, OPTIONS)

beforeAll(prepareBackend)

test('a frontend learned along goes on from what was saved to the very same values', async () => {
  const states: TrainingState[] = []
  const whole = newTraining('leaf', 'all')
  await run(whole, undefined, (state) => states.push(structuredClone(state)))
  const second = newTraining('leaf', 'all')
  await run(second, states[1])
  expect(second.trainer.state).toEqual(whole.trainer.state)
  expect(second.frontend.describe()).toEqual(whole.frontend.describe())
})

test.each([
  ['all', { filterbank: true, compression: true }],
  ['compression', { filterbank: false, compression: true }],
  ['nothing', { filterbank: false, compression: false }],
] as const)(
  'learns %s of LEAF',
  async (learn, expected) => {
    const training = newTraining('leaf', learn)
    const before = training.frontend.describe()
    const states: TrainingState[] = []
    await run(training, undefined, (state) => states.push(structuredClone(state)))
    const after = training.frontend.describe()
    const isOther = (part: 'filterbank' | 'compression') =>
      JSON.stringify(after[part]) !== JSON.stringify(before[part])
    expect({ filterbank: isOther('filterbank'), compression: isOther('compression') }).toEqual(expected)
    expect(states.every(({ leftOut }) => leftOut === 0)).toBe(true)
  },
  120_000,
)
