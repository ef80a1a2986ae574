// Cost of a frame, every contender in one process, turn by turn, so that a busy machine slows all alike: trust ratios.
//
//   npm run bench            a table
//   npm run bench -- --json  {"rows": [{"name", "median_us_per_frame"}], "learning": [{"name", "median_ms_per_second", …}],
//                            "classifiers": [{"name", "median_ms_per_window", "percent_of_core"}],
//                            "training": [{"name", "clips_per_second", "cpu_ms_per_clip", "times_tensorflow"}]}
//   npm run bench -- --rounds 1 --training-rounds 9   the training at length, on a quiet machine with two cores

import { parseArgs } from 'node:util'
import { preset, presetNames, sigmaBounds } from '../../src/frontend/index.ts'
import { compilePlan, designResampler } from '../../src/plan/index.ts'
import { Engine } from '../../worklet/engine.ts'
import { randomLeaf, withSigma } from '../engine/frontends.ts'
import { seeded } from '../engine/signals.ts'
import { classifierCosts } from './classifiers.ts'
import { learningCosts } from './learning.ts'
import { fftJsMel, meydaMelBands } from './peers.ts'
import { BATCH, trainingSpeeds } from './training.ts'

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean' },
    rounds: { type: 'string', default: '60' },
    'training-rounds': { type: 'string', default: '5' },
  },
})
const SECONDS = 1
const FRAMES = 100 * SECONDS

/** Noise with a swell, so that no branch is taken always. */
function sound(rate: number): Float32Array {
  const random = seeded(rate)
  return Float32Array.from({ length: rate * SECONDS }, (_, i) => Math.sin(i / 3000) * (random() - 0.5))
}

/** Pushes a second of sound through an engine in blocks of 128, as the audio thread does. */
function streaming(engine: Engine, rate: number): () => void {
  const samples = sound(rate)
  const blocks = Array.from({ length: Math.floor(samples.length / 128) }, (_, i) =>
    samples.slice(i * 128, i * 128 + 128),
  )
  const ignore = () => {}
  return () => {
    for (const block of blocks) engine.push(block, ignore)
  }
}

const leaf = preset('leaf')
const widest = withSigma(sigmaBounds(401).max)
const leafPlan = compilePlan(leaf)

// The row of LEAF itself is the first of the engine's.
const otherPresets = presetNames.filter((name) => name !== 'leaf')

const contenders: [string, () => void][] = [
  ['fft.js: 512 points + 40 mel + log', fftJsMel(sound(16000), FRAMES)],
  ['meyda: melBands, 40', meydaMelBands(sound(16000), FRAMES)],
  ['leaf-40: filter, pool, PCEN', streaming(new Engine(leafPlan, null), 16000)],
  ['leaf-64', streaming(new Engine(compilePlan(preset('leaf', { channels: 64 })), null), 16000)],
  ['leaf-40, random legal parameters', streaming(new Engine(compilePlan(randomLeaf(11)), null), 16000)],
  ['leaf-40, every sigma at its upper bound', streaming(new Engine(compilePlan(widest), null), 16000)],
  [
    'leaf-40 over a floor of 1e-8',
    streaming(new Engine(compilePlan({ ...preset('leaf'), energyFloor: 1e-8 }), null), 16000),
  ],
  ['leaf-40 from 44.1 kHz', streaming(new Engine(leafPlan, designResampler(44100, 16000)), 44100)],
  ['leaf-40 from 48 kHz', streaming(new Engine(leafPlan, designResampler(48000, 16000)), 48000)],
  ...otherPresets.map((name): [string, () => void] => [
    `${name}-${preset(name).channels}`,
    streaming(new Engine(compilePlan(preset(name)), null), 16000),
  ]),
]

const times = contenders.map(() => [] as number[])
for (let round = 0; round < Number(options.rounds) + 5; round++) {
  contenders.forEach(([, run], i) => {
    const start = performance.now()
    run()
    // The first rounds warm the compilers up.
    if (round >= 5) times[i].push(((performance.now() - start) * 1000) / FRAMES)
  })
}
const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]
const rows = contenders.map(([name], i) => ({
  name,
  median_us_per_frame: Number(median(times[i]).toFixed(3)),
}))

const learning = learningCosts(Math.ceil(Number(options.rounds) / 2))
const classifiers = await classifierCosts('demo/public/models', Number(options.rounds))
const training = await trainingSpeeds(Number(options['training-rounds']))

if (options.json) {
  console.log(JSON.stringify({ rows, learning, classifiers, training }))
} else {
  const [fft, meyda, ours] = rows.map((row) => row.median_us_per_frame)
  for (const row of rows) {
    const ratio = (row.median_us_per_frame / fft).toFixed(2)
    console.log(
      `${row.name.padEnd(42)} ${row.median_us_per_frame.toFixed(2).padStart(9)} µs/frame ${ratio.padStart(7)} × fft.js`,
    )
  }
  console.log(
    `\nleaf-40 costs ${(ours / fft).toFixed(2)} × fft.js and ${(meyda / ours).toFixed(1)} × less than meyda.`,
  )
  console.log(
    '\nLearning: forward, backward, step and rebuilding, 16 clips at once, ms for each second of audio',
  )
  for (const { name, median_ms_per_second, mean_ms_per_second } of learning) {
    console.log(
      `${name.padEnd(42)} ${median_ms_per_second.toFixed(2).padStart(9)} median ${mean_ms_per_second.toFixed(2).padStart(9)} mean`,
    )
  }
  console.log('\nClassifiers in Node: a window of a shipped model, and one every hop')
  for (const { name, median_ms_per_window, percent_of_core } of classifiers) {
    console.log(
      `${name.padEnd(42)} ${median_ms_per_window.toFixed(2).padStart(9)} ms ${percent_of_core.toFixed(2).padStart(9)} % of a core`,
    )
  }
  console.log(
    `\nTraining: LEAF and the default classifier, ${BATCH} clips of a second a step, sounds made meanwhile`,
  )
  for (const { name, clips_per_second, cpu_ms_per_clip, times_tensorflow } of training) {
    console.log(
      `${name.padEnd(62)} ${clips_per_second.toFixed(0).padStart(5)} clips/s ${times_tensorflow.toFixed(2).padStart(6)} × as fast ${cpu_ms_per_clip.toFixed(2).padStart(7)} ms CPU a clip`,
    )
  }
}
