import '@tensorflow/tfjs-backend-wasm'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { inferenceKernels, learningKernels } from '../../../.config/tensorflow-kernels.mjs'
import { loadClassifier } from '../../../src/inference/node.ts'
import { prepareBackend } from '../../../src/learning/backend.ts'
import { Random } from '../../../src/learning/random/random.ts'
import { noise } from '../../../src/learning/sound/sound.ts'
import { adapt, type RoomOptions } from '../../../src/learning/teaching/adapt.ts'
import type { Adapted, AdaptingProgress } from '../../../src/learning/teaching/adapted.ts'
import { teach } from '../../../src/learning/teaching/teach.ts'
import { type Model, readModel } from '../../../src/model/index.ts'
import { askedKernels } from '../../inference/asked.ts'
import { CLASSES, RATE, threeClasses } from './three-classes.ts'

const sounds = threeClasses(6)
const room: RoomOptions = {
  noise: noise(8 * RATE, 'white', new Random(5)),
  snr: -5,
  quiet: ['background'],
  seed: 1,
  when: new Date('2025-06-07T08:09:10Z'),
}

let model: Model
let adapted: Adapted
let asked: Set<string>
const told: AdaptingProgress[] = []

beforeAll(async () => {
  await prepareBackend()
  asked = askedKernels('wasm')
  const base = readModel(readFileSync('demo/public/models/events.safetensors'))
  const options = { learn: 'head', steps: 300, seed: 1, name: 'three sounds', when: room.when } as const
  model = readModel((await teach(base, sounds, options))!.model)
  adapted = (await adapt(model, sounds, room, { onProgress: (progress) => told.push(progress) }))!
}, 120_000)

const refusal = (options: Partial<RoomOptions>, given: Model = model) =>
  expect(adapt(given, sounds, { ...room, ...options })).rejects

describe('a model in a noisy room', () => {
  test('gets more of the other half of its sounds right with the PCEN that was adapted', () => {
    const { before, after, measured, learned, snr } = adapted
    expect(after.inRoom.accuracy).toBeGreaterThan(before.inRoom.accuracy)
    expect(after.inRoom.loss).toBeLessThan(0.6 * before.inRoom.loss)
    expect([before.inQuiet.accuracy, after.inQuiet.accuracy]).toEqual([1, 1])
    for (const { accuracy, right } of [before.inRoom, after.inRoom, before.inQuiet, after.inQuiet])
      expect(right.map(Number).reduce((sum, one) => sum + one) / right.length).toBe(accuracy)
    expect(before.inRoom.right).toHaveLength(measured)
    expect({ measured, learned, snr }).toEqual({ measured: 9, learned: { sounds: 9, seconds: 9 }, snr: -5 })
  })

  test('keeps all but PCEN bit for bit, and is a model file that the classifier takes', async () => {
    const written = readModel(adapted.model)
    const { frontend, card, ...rest } = written
    const { frontend: taught, card: before, ...same } = model
    expect(rest).toEqual(same)
    expect(frontend).toEqual(adapted.frontend)
    expect({ ...frontend, compression: null }).toEqual({ ...taught, compression: null })
    expect(frontend.compression).not.toEqual(taught.compression)
    expect(card.description).toBe(
      `${before.description} PCEN was adapted on 2025-06-07 to a room that is -5 dB below its sounds, measured on 9 of them, of which PCEN learned nothing here; the classifier may have.`,
    )
    expect(card.metrics).toMatchObject({
      ...before.metrics,
      'accuracy in the room': adapted.after.inRoom.accuracy,
    })
    await expect(loadClassifier(written)).resolves.toMatchObject({ backend: 'wasm' })
  })

  test('is told of: measured, adapted in steps, measured again', () => {
    const stages = told.map(({ stage }) => stage)
    expect(stages.filter((stage, i) => stage !== stages[i - 1])).toEqual([
      'measuring',
      'adapting',
      'measuring',
    ])
    expect(told.at(-1)).toEqual({ stage: 'measuring', done: 18, of: 18 })
    expect(told.filter((one) => one.stage === 'adapting').map(({ step }) => step)).toEqual(
      Array.from({ length: 30 }, (_, i) => i + 1),
    )
  })

  test('becomes the same again from the same seed, noise and sounds', async () => {
    expect((await adapt(model, sounds, room))!.model).toEqual(adapted.model)
  })
})

test.each(['measuring', 'adapting'])('stopped while %s there is nothing', async (stage) => {
  const stopping = new AbortController()
  const after: string[] = []
  const onProgress = (progress: AdaptingProgress) => {
    if (stopping.signal.aborted) after.push(progress.stage)
    if (progress.stage === stage) stopping.abort()
  }
  expect(await adapt(model, sounds, room, { onProgress, stop: stopping.signal })).toBe(null)
  expect(after).toEqual([])
})

describe('refused is', () => {
  test('a room that is too short, silent for half of its time, or not finite', async () => {
    await refusal({ noise: room.noise.subarray(0, 3 * RATE) }).toThrow(/is 3\.0 seconds long/)
    await refusal({ noise: room.noise.map((value, i) => (i < 4 * RATE ? 0 : value)) }).toThrow(/Half of/)
    await refusal({ noise: room.noise.with(7, Number.NaN) }).toThrow(/not a finite number/)
  })

  test('too little to learn from, before anything is measured', async () => {
    const told: AdaptingProgress[] = []
    const few = CLASSES.flatMap((name) => sounds.filter(({ label }) => label === name).slice(0, 2))
    const adapting = adapt(model, few, room, { onProgress: (progress) => told.push(progress) })
    await expect(adapting).rejects.toThrow(/3\.0 seconds are too little .* at least 10 seconds in all/)
    expect(told).toEqual([])
  })

  test('a model without PCEN, with heads, or of other sounds', async () => {
    const frontend = { ...model.frontend, compression: { kind: 'log', offset: 1e-5 } } as const
    await refusal({}, { ...model, frontend }).toThrow(/compression log/)
    await refusal({}, { ...model, heads: [{ name: 'all', labels: 3 }] }).toThrow(/with heads/)
    await refusal({}, { ...model, labels: CLASSES.map((name) => `${name}s`) }).toThrow(
      /no example of any .*whistles/,
    )
  })
})

test('of TensorFlow.js, kernels are asked for that the teaching worker has', () => {
  expect(asked.size).toBeGreaterThan(0)
  const listed = [...inferenceKernels, ...learningKernels]
  expect([...asked].filter((name) => !listed.includes(name))).toEqual([])
})
