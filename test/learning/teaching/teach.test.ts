import '@tensorflow/tfjs-backend-wasm'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { inferenceKernels, learningKernels } from '../../../.config/tensorflow-kernels.mjs'
import { preset } from '../../../src/frontend/index.ts'
import { loadClassifier, withProbe } from '../../../src/inference/node.ts'
import { prepareBackend } from '../../../src/learning/backend.ts'
import type { TeachingChoice } from '../../../src/learning/teaching/choice.ts'
import type { StageProgress } from '../../../src/learning/teaching/progress.ts'
import type { Taught } from '../../../src/learning/teaching/taught.ts'
import { type TeachHooks, teach } from '../../../src/learning/teaching/teach.ts'
import { importYamnet, type Model, readModel } from '../../../src/model/index.ts'
import { askedKernels } from '../../inference/asked.ts'
import { tinyModel } from '../../model/tiny-model.ts'
import { TINY_LABELS, tinyYamnet } from '../../model/tiny-tflite.ts'
import { CLASSES, RATE, threeClasses } from './three-classes.ts'

const base = readModel(readFileSync('demo/public/models/events.safetensors'))
const sounds = threeClasses(5)
const LAST = ['scores/kernel', 'scores/bias']
const PARTS = ['filterbank', 'pooling', 'compression'] as const

const options = (learn: TeachingChoice, steps: number, seed = 1) => ({
  ...{ learn, steps, seed },
  ...{ name: 'three sounds', when: new Date('2025-06-07T08:09:10Z') },
})

const lesson = (learn: TeachingChoice, steps: number, hooks?: TeachHooks) =>
  teach(base, sounds, options(learn, steps), hooks)

/** The same way through a model of four channels and three filters, where the size is no question. */
const tiny = tinyModel(3)
const few = threeClasses(3)
const tinyLesson = (learn: TeachingChoice, steps: number, hooks?: TeachHooks, seed?: number) =>
  teach(tiny, few, options(learn, steps, seed), hooks)

let asked: Set<string>
beforeAll(async () => {
  await prepareBackend()
  asked = askedKernels('wasm')
})

/** What of a model is not the base's, bit for bit. */
function changed(model: Model): string[] {
  const before = new Map(base.classifier.weights.map(({ name, values }) => [name, values]))
  const weights = model.classifier.weights.filter(({ name, values }) => {
    const bits = (numbers: Float32Array) => new Uint32Array(numbers.buffer.slice(0))
    return String(bits(values)) !== String(bits(before.get(name)!))
  })
  const parts = PARTS.filter(
    (part) => JSON.stringify(model.frontend[part]) !== JSON.stringify(base.frontend[part]),
  )
  return [...parts, ...weights.map(({ name }) => name)]
}

describe('the last layer', () => {
  const told: StageProgress[] = []
  let taught: Taught
  beforeAll(async () => {
    taught = (await lesson('head', 60, { onStep: (progress) => told.push(progress) }))!
  }, 60_000)

  test('learns three classes; all else stays as it is, bit for bit', () => {
    expect(taught.accuracy).toBe(1)
    expect(taught.confusion).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ])
    expect(taught).toMatchObject({ labels: CLASSES, shared: [], stopped: false })
    expect(changed(readModel(taught.model))).toEqual(LAST)
    expect(told.map(({ step }) => step)).toEqual(Array.from({ length: told.length }, (_, i) => i + 1))
    expect(told.every(({ stage, steps, frontend }) => stage === 'head' && steps === 60 && !frontend)).toBe(
      true,
    )
    expect(told.filter(({ heldOut }) => heldOut)).toHaveLength(told.length / 4)
  })

  test('becomes a model file that says where it comes from, and that the classifier takes', async () => {
    const model = readModel(taught.model)
    expect(model.labels).toEqual(CLASSES)
    expect(model.card.name).toBe('three sounds')
    expect(model.card.description).toMatch(/^Taught on 2025-06-07 from the model "events".* from 12 examples/)
    expect(model.card.data).toEqual([...base.card.data, 'own recordings'])
    expect(model.card.credits).toEqual(base.card.credits)
    expect(model.card.metrics['held-out accuracy']).toBe(taught.accuracy)
    expect(model.decoding.labels).toHaveLength(3)
    expect(model.probe.output).toHaveLength(3 * 3)
    await expect(loadClassifier(model)).resolves.toMatchObject({ backend: 'wasm' })
  })

  test('of 16-bit sounds learns what it does of full ones', async () => {
    const short = few.map(({ sound, ...rest }) => ({
      ...rest,
      sound: Int16Array.from(sound, (value) => Math.round(32767 * value)),
    }))
    const full = await tinyLesson('head', 60)
    const rounded = await teach(tiny, short, options('head', 60))
    expect(rounded!.loss).toBeCloseTo(full!.loss, 2)
  })
})

test('from YAMNet’s embedding; weights that are int8 in its file stay as they are there', async () => {
  const imported = importYamnet(tinyYamnet().bytes, TINY_LABELS)
  const yamnet = await withProbe(imported, new Float32Array(12 * 8).fill(-3))
  const taught = (await teach(yamnet, sounds, options('head', 20)))!
  const { classifier, labels } = readModel(taught.model)
  expect(labels).toEqual(CLASSES)
  const { layers } = classifier.topology.config
  expect(layers.slice(-3).map(({ config }) => config.name)).toEqual(['embedding', 'dense', 'dense_output'])
  const isLast = ({ name }: { name: string }) => name.startsWith('dense/')
  expect(classifier.weights.filter((weight) => !isLast(weight))).toEqual(
    yamnet.classifier.weights.filter((weight) => !isLast(weight)),
  )
  expect(classifier.weights.filter(isLast).map(({ storage }) => storage)).toEqual([undefined, undefined])
})

test('of a model, the compression learns as well; filters and convolutions stay as they are, bit for bit', async () => {
  const told: StageProgress[] = []
  const taught = (await teach(base, few, options('head+compression', 3), {
    onStep: (progress) => told.push(progress),
  }))!
  expect(changed(readModel(taught.model))).toEqual(['compression', ...LAST])
  const moving = told.filter(({ stage }) => stage === 'fine-tuning')
  const starts = moving.map(({ frontend }) => JSON.stringify(frontend!.compression))
  expect(new Set(starts).size).toBe(3)
})

test('everything of a model learns', async () => {
  const taught = (await teach(base, few, options('everything', 2)))!
  const names = base.classifier.weights.map(({ name }) => name)
  expect(changed(readModel(taught.model))).toEqual([...PARTS, ...names])
})

test('the same seed and examples give the same model, another seed another one', async () => {
  const [first, second, other] = [
    await tinyLesson('head+compression', 2),
    await tinyLesson('head+compression', 2),
    await tinyLesson('head+compression', 2, {}, 2),
  ]
  expect(second!.model).toEqual(first!.model)
  expect(other!.model).not.toEqual(first!.model)
})

describe('once stopped', () => {
  test('before anything was learned, there is nothing', async () => {
    const stop = new AbortController()
    expect(await lesson('head', 60, { stop: stop.signal, onEmbedding: () => stop.abort() })).toBe(null)
  })

  test('the present step is the last one, and the best so far is kept', async () => {
    const stop = new AbortController()
    const steps: number[] = []
    const taught = await tinyLesson('everything', 60, {
      stop: stop.signal,
      onStep: ({ stage, step }) => {
        if (stage === 'head') return
        steps.push(step)
        if (step === 2) stop.abort()
      },
    })
    expect(steps).toEqual([1, 2, 3])
    expect(taught!.stopped).toBe(true)
    expect(readModel(taught!.model).labels).toEqual(CLASSES)
  })
})

describe('refuses', () => {
  const [first] = sounds
  const alter = (one: object) => [{ ...first, ...one }, ...sounds.slice(1)]
  const spoilt = Float32Array.from(first.sound)
  spoilt[5] = Number.NaN

  test.each([
    ['no examples', [], /no classes with examples/],
    ['one class', sounds.slice(0, 5), /is 1 class with examples.*background/],
    ['a class of one example', sounds.slice(4), /"background" has a single example/],
    ['a class without a name', alter({ label: '' }), /"" is no name for a class/],
    ['a sound that is short', alter({ sound: new Float32Array(800) }), /"background" is 50 ms long/],
    ['a sound that holds no number', alter({ sound: spoilt }), /sample that is not a finite number/],
  ])('%s', async (_, given, message) => {
    const refusal = teach(base, given, options('head', 10))
    await expect(refusal).rejects.toMatchObject({
      code: 'arguments',
      message: expect.stringMatching(message),
    })
  })

  test('to learn a compression that has nothing to learn', async () => {
    const frontend = preset('mel-log', { sampleRate: RATE, channels: base.frontend.channels })
    const refusal = teach({ ...base, frontend }, sounds, options('head+compression', 10))
    await expect(refusal).rejects.toThrow(/compression log, which has nothing to learn/)
  })

  test('a base that does not end in a dense layer', async () => {
    const { topology } = base.classifier
    const layers = topology.config.layers.filter(({ class_name }) => class_name !== 'Dense')
    const classifier = { ...base.classifier, topology: { ...topology, config: { name: 'x', layers } } }
    const refusal = teach({ ...base, classifier }, sounds, options('head', 10))
    await expect(refusal).rejects.toMatchObject({ code: 'model-file' })
  })
})

test('any model with a dense last layer can be a base', async () => {
  const taught = await tinyLesson('head', 10)
  expect(readModel(taught!.model).labels).toEqual(CLASSES)
})

test('of TensorFlow.js, kernels are asked for that the teaching worker has', () => {
  expect(asked.size).toBeGreaterThan(0)
  const listed = [...inferenceKernels, ...learningKernels]
  expect([...asked].filter((name) => !listed.includes(name))).toEqual([])
})
