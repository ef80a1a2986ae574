import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sequential } from '@tensorflow/tfjs-layers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inferenceKernels } from '../../../../.config/tensorflow-kernels.mjs'
import { preset } from '../../../../src/frontend/index.ts'
import { FixedFrontend } from '../../../../src/gradient/index.ts'
import { buildInference } from '../../../../src/inference/infer.ts'
import { prepareBackend } from '../../../../src/learning/backend.ts'
import { exportModel, roundKernels, scoreWindows } from '../../../../src/learning/network/index.ts'
import { Trainer } from '../../../../src/learning/training/index.ts'
import { readModel, softmaxOfHeads } from '../../../../src/model/index.ts'
import { compilePlan } from '../../../../src/plan/index.ts'
import { Engine } from '../../../../worklet/engine.ts'
import { floatWav } from '../../../audio-file/wav-bytes.ts'
import { runCli } from '../../../cli/run-cli.ts'
import { askedKernels } from '../../../inference/asked.ts'
import { tone } from '../../../learning/tone-folder.ts'
import { STACKS } from '../design/names.ts'
import { inPlainLayers, networkOf } from './network-of.ts'

let folder: string
beforeAll(async () => {
  await prepareBackend()
  folder = await mkdtemp(join(tmpdir(), 'leaf-stack-'))
})
afterAll(() => rm(folder, { recursive: true }))

const frontend = preset('samples')
const WINDOW = 16
const SAMPLES = WINDOW * 160
const HEADS = [{ name: 'pitch', labels: 2 }]
const labels = ['low', 'high']
const soundOf = (index: number) => tone(index % 2 === 0 ? 500 + index : 1500 + index, SAMPLES, index)

/** A network that has learned to tell low tones from high ones, a little. */
async function trained(system: (typeof STACKS)[number]): Promise<{ model: Sequential; losses: number[] }> {
  const sizes = { windowFrames: WINDOW, channels: frontend.channels, labels: 2, seed: 1 }
  const model = networkOf(system, { ...sizes, activation: 'linear' })
  const options = { heads: [2], seed: 1, dropout: 0, decay: 0.02, emaDecay: 0.9, frontendRate: 1 }
  const trainer = new Trainer(new FixedFrontend(frontend, SAMPLES), model, {
    ...{ ...options, learn: 'all', unmasked: true },
  })
  const examples = Array.from({ length: 4 }, (_, i) => ({
    ...{ sound: soundOf(i), firstFrame: 0, target: Float32Array.of(1 - (i % 2), i % 2) },
  }))
  const losses: number[] = []
  for (let index = 0; index < 5; index++) losses.push((await trainer.step({ index, examples }, 0.003)).loss)
  return { model, losses }
}

describe.each(STACKS)('%s', (system) => {
  let model: Sequential
  let losses: number[]
  let bytes: Uint8Array
  beforeAll(async () => {
    ;({ model, losses } = await trained(system))
    bytes = exportModel(inPlainLayers(model), {
      ...{ frontend, windowFrames: WINDOW, hopFrames: WINDOW / 2, labels, heads: HEADS },
      thresholds: [0.5, 0.5],
      probes: [soundOf(9)],
      card: { name: 'stack', description: '', data: [], licences: [], credits: [], metrics: {} },
    })
    await writeFile(join(folder, `${system}.safetensors`), bytes)
  })

  test('learns', () => expect(losses[4]).toBeLessThan(0.6 * losses[0]))

  test('is written as layers of a model file, and scores live what it scores in training, to the bit', async () => {
    const sound = soundOf(4)
    const rows: number[] = []
    new Engine(compilePlan(frontend), null).push(sound, (_, values) => rows.push(...values))
    const window = Float32Array.from(rows)
    expect(window).toEqual(sound)
    const [scores] = scoreWindows(model, [window])
    softmaxOfHeads(scores, HEADS)
    const asked = askedKernels('wasm')
    const inference = await buildInference(readModel(bytes))
    expect(await inference.infer(window, 1)).toEqual(scores)
    inference.dispose()
    // What is built into a page's worker has no others.
    expect([...asked].filter((name) => !inferenceKernels.includes(name))).toEqual([])
    expect(asked.size).toBeGreaterThan(5)
  })

  test('rounded to int8 it says nearly the same', () => {
    const plain = inPlainLayers(model)
    const [before] = scoreWindows(plain, [soundOf(4)])
    roundKernels(plain)
    const [after] = scoreWindows(plain, [soundOf(4)])
    after.forEach((score, n) => expect(Math.abs(score - before[n])).toBeLessThan(2e-2))
    expect(after).not.toEqual(before)
  })
})

test('a command line hears with it', async () => {
  const path = join(folder, 'tone.wav')
  await writeFile(path, floatWav(tone(1501, 16000, 3), 16000))
  const outcome = await runCli('detect', path, '--model', join(folder, 'complex-gabor.safetensors'))
  expect(outcome).toMatchObject({ code: 0, stderr: expect.stringContaining('by stack') })
  expect(outcome.stdout).toMatch(/"label":"high"/)
})
