import { describe, expect, test } from 'vitest'
import {
  type FrontendDescription,
  geometryOf,
  parseFrontend,
  preset,
  presetNames,
} from '../../src/frontend/index.ts'
import { liveDesign } from '../../src/plan/design.ts'
import { compilePlan } from '../../src/plan/index.ts'
import { finish } from '../../src/plan/steps.ts'
import { Engine } from '../../worklet/engine.ts'
import { seeded, signals } from '../engine/signals.ts'
import { presetOf } from '../frontend/filtered.ts'

const small = preset('leaf', { channels: 4 })
const { windowLength } = geometryOf(small)

describe('the way a frontend is computed', () => {
  const ways = Object.fromEntries(presetNames.map((name) => [name, compilePlan(preset(name)).analysis.kind]))

  test('follows from its parts', () => {
    expect(ways).toEqual({
      leaf: 'subbands',
      'mel-log': 'mel',
      'mel-pcen': 'mel',
      'mel-cubic-root': 'mel',
      'mel-tenth-root': 'mel',
      'mel-learned': 'mel',
      yamnet: 'mel',
      samples: 'samples',
      'time-domain': 'subbands',
      sincnet: 'full-rate',
      'sincnet-plus': 'full-rate',
      gammatone: 'subbands',
      'analytic-sinc': 'subbands',
      spline: 'subbands',
      'short-filters': 'full-rate',
    })
    const kindOf = (parts: Partial<FrontendDescription>) => compilePlan({ ...small, ...parts }).analysis.kind
    expect(kindOf({ pooling: { kind: 'max' } })).toBe('full-rate')
    expect(kindOf({ rectifier: 'none' })).toBe('full-rate')
  })
})

test.each([
  ['leaf', 80],
  ['mel-log', 200],
  ['time-domain', 200],
  ['sincnet', 80],
  ['samples', 79.5],
] as const)('frame 0 of %s is centred on sample %i', (name, center) => {
  expect(compilePlan(preset(name)).frameCenter).toBe(center)
})

test.each(presetNames)('the plan of %s can be posted: its copy gives the same bits', (name) => {
  const plan = compilePlan(presetOf(name, 7))
  const sound = signals.speech.subarray(0, 4000)
  const copy = new Engine(structuredClone(plan), null).clip(sound)
  expect(copy).toEqual(new Engine(plan, null).clip(sound))
  expect(copy.frames).toBeGreaterThan(20)
})

describe('the strides of sub-bands', () => {
  const stridesOf = (frontend: FrontendDescription) =>
    finish(liveDesign(frontend, geometryOf(frontend))).strides
  const random = seeded(31)
  const noise = (scale: number) =>
    Array.from({ length: 4 }, () => Array.from({ length: windowLength }, () => scale * (random() - 0.5)))

  test('free filters that are Gabor filters are sampled as sparsely as those', () => {
    const leaf = stridesOf(preset('leaf'))
    const free = stridesOf(preset('time-domain'))
    expect(leaf.filter((stride) => stride > 1).length).toBeGreaterThan(25)
    expect(free.filter((stride) => stride > 1).length).toBeGreaterThan(25)
  })

  test('filters without a pass-band are computed at every sample', () => {
    const filterbank = { kind: 'free', real: noise(1), imaginary: noise(1) }
    expect(stridesOf(parseFrontend({ ...small, filterbank }))).toEqual([1, 1, 1, 1])
  })

  test('filters without any tap are no obstacle', () => {
    const filterbank = { kind: 'free', real: noise(0), imaginary: noise(0) }
    const frontend = parseFrontend({ ...small, filterbank })
    const { values } = new Engine(compilePlan(frontend), null).clip(signals.speech.subarray(0, 2000))
    for (const value of values) expect(value).toBeCloseTo(0.207809, 5)
  })
})
