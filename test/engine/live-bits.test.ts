// What the engine computes is part of the shipped models: they were trained on these very bits. A change that is meant
// is measured (npm run accuracy), the models are made again, and then the fingerprints:
// npm test -- test/engine/live-bits.test.ts -u
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type FrontendDescription, preset, presetNames } from '../../src/frontend/index.ts'
import { readModel } from '../../src/model/index.ts'
import { compilePlan, designResampler } from '../../src/plan/index.ts'
import { Engine, type FrameSink } from '../../worklet/engine.ts'
import { randomLeaf } from './frontends.ts'
import { seeded } from './signals.ts'

const frontends: [string, FrontendDescription][] = [
  ...presetNames.map((name): [string, FrontendDescription] => [name, preset(name)]),
  ['leaf of 22 channels at 44.1 kHz', preset('leaf', { sampleRate: 44100, channels: 22 })],
  ['random leaf', randomLeaf(3)],
]
/** What has learned from these bits. */
const models = ['audioset', 'events', 'keywords', 'tasks']
const plans = new Map(frontends.map(([name, frontend]) => [name, compilePlan(frontend)]))
for (const name of models) {
  const { frontend } = readModel(readFileSync(`demo/public/models/${name}.safetensors`))
  plans.set(name, compilePlan(frontend))
}

/** Noise that swells and falls silent: whole numbers only on the way, the same samples on every machine. */
function sound(samples: number): Float32Array {
  const random = seeded(samples)
  return Float32Array.from({ length: samples }, (_, i) => ((random() - 0.5) * ((i >> 3) % 512)) / 512)
}

class Fingerprint {
  readonly #hash = createHash('sha256')
  #frames = 0

  readonly add: FrameSink = (index, values) => {
    this.#frames++
    this.#hash.update(Int32Array.of(index)).update(values)
  }

  text(): string {
    return `${this.#frames} frames ${this.#hash.digest('hex').slice(0, 16)}`
  }
}

/** Pushes in blocks of random lengths: how a stream is cut changes no bit. */
function push(engine: Engine, samples: Float32Array, sink: FrameSink): void {
  const random = seeded(samples.length)
  for (let at = 0; at < samples.length; ) {
    const end = at + 1 + Math.floor(random() * 3000)
    engine.push(samples.subarray(at, end), sink)
    at = end
  }
}

function streamed(name: string, rate: number): string {
  const plan = plans.get(name)!
  const engine = new Engine(plan, designResampler(rate, plan.sampleRate))
  const fingerprint = new Fingerprint()
  push(engine, sound(Math.round(rate * 0.4)), fingerprint.add)
  return fingerprint.text()
}

function clips(name: string): string {
  const engine = new Engine(plans.get(name)!, null)
  const fingerprint = new Fingerprint()
  for (const samples of [160, 700, 5000, 700]) {
    const { frames, channels, values } = engine.clip(sound(samples))
    for (let i = 0; i < frames; i++) fingerprint.add(i, values.subarray(i * channels, (i + 1) * channels))
  }
  return fingerprint.text()
}

/**
 * A running stream whose frontend is changed to `name` and away again, at 48 kHz; ends where that is cheap: for cut
 * windows of sub-bands, which are long to compile, there are the clips.
 */
function swapped(name: string): string {
  const away = plans.get('mel-log')!
  const plan = plans.get(name)!
  const engine = new Engine(away, designResampler(48000, away.sampleRate))
  const fingerprint = new Fingerprint()
  const samples = sound(33000)
  push(engine, samples.subarray(0, 14001), fingerprint.add)
  engine.load(plan, designResampler(48000, plan.sampleRate))
  push(engine, samples.subarray(14001, 25003), fingerprint.add)
  engine.load(away, designResampler(48000, away.sampleRate))
  push(engine, samples.subarray(25003, 30000), fingerprint.add)
  engine.load(plan, designResampler(48000, plan.sampleRate))
  push(engine, samples.subarray(30000), fingerprint.add)
  if (plan.analysis.kind !== 'subbands') engine.finish(fingerprint.add)
  return fingerprint.text()
}

test('streams, clips and swaps keep their bits', { timeout: 180_000 }, async () => {
  const lines = frontends.flatMap(([name]) => [
    ...[16000, 44100, 47999].map((rate) => `${name}, stream at ${rate} Hz: ${streamed(name, rate)}`),
    `${name}, clips: ${clips(name)}`,
    `${name}, swapped in twice at 48000 Hz: ${swapped(name)}`,
  ])
  lines.push(...models.map((name) => `${name}, the model, clips: ${clips(name)}`))
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../golden/live-bits.txt')
})
