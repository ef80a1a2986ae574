import { describe, expect, test } from 'vitest'
import { pooledEnergies, preset } from '../../src/frontend/index.ts'
import { compilePlan, designResampler } from '../../src/plan/index.ts'
import { Engine } from '../../worklet/engine.ts'
import { signals } from './signals.ts'

const ways = ['leaf', 'mel-tenth-root', 'time-domain', 'sincnet', 'sincnet-plus', 'gammatone'] as const
const plans = Object.fromEntries(ways.map((name) => [name, compilePlan(preset(name))]))
const constant = (value: number) => new Float32Array(16000).fill(value)
const huge = 3e38

/** Long enough for some frames behind a resampler. */
function twice(sound: Float32Array): Float32Array {
  const both = new Float32Array(2 * sound.length)
  both.set(sound)
  both.set(sound, sound.length)
  return both
}

const inputs: [string, Float32Array, number][] = [
  ['NaN', constant(Number.NaN), 16000],
  ['Infinity', constant(Number.POSITIVE_INFINITY), 16000],
  ['-Infinity', constant(Number.NEGATIVE_INFINITY), 16000],
  ['absurdly large', constant(huge), 16000],
  ['denormals', constant(1e-40), 0],
  ['clipping', twice(signals['white noise'].map((x) => Math.sign(x) * 4)), 0],
  ['unscaled 16-bit samples', twice(signals.speech.map((x) => x * 32768)), 0],
  ['DC', constant(1), 0],
  ['digital silence', constant(0), 0],
]

describe.each(ways)('%s', (name) => {
  const plan = plans[name]

  describe.each([null, designResampler(48000, 16000)])('resampler %#', (resampler) => {
    test.each(inputs)('%s: finite frames, bad samples counted', (_, samples, bad) => {
      const engine = new Engine(plan, resampler)
      let frames = 0
      engine.push(samples, (__, values) => {
        frames++
        expect(values.every(Number.isFinite)).toBe(true)
      })
      expect(frames).toBeGreaterThan(15)
      expect(engine.badSamples).toBe(bad)
    })

    test('a bad sample is as good as a zero, and forgotten', () => {
      const sick = signals.speech.slice()
      const mended = signals.speech.slice()
      for (const [place, value] of [
        [3000, Number.NaN],
        [3001, Number.POSITIVE_INFINITY],
        [9000, -huge],
      ]) {
        sick[place] = value
        mended[place] = 0
      }
      const engine = new Engine(plan, resampler)
      expect(engine.clip(sick).values).toEqual(engine.clip(mended).values)
    })
  })
})

/** What silence becomes: PCEN of the floor, the floor's logarithm with the offset, equal channels after layer norm. */
const silence: [(typeof ways)[number], number][] = [
  ['leaf', 0.207809],
  ['gammatone', 0.207809],
  ['mel-tenth-root', 0],
  ['time-domain', Math.log(2e-5)],
  ['sincnet', 0],
]

test.each(silence)("digital silence stays at the value that %s's constants imply", (name, expected) => {
  const { values } = new Engine(plans[name], null).clip(constant(0))
  for (const value of values) expect(value).toBeCloseTo(expected, 5)
})

describe('the bounds of samples', () => {
  /** Energies as they are, to see the least of them. */
  const bare = compilePlan({ ...preset('leaf'), energyFloor: 0, compression: { kind: 'none' } })

  /** Blocks of four samples and of one: the kernel has a way for vectors and another for what is left. */
  function energies(value: number, block: number): { largest: number; bad: number } {
    const engine = new Engine(bare, null)
    const samples = new Float32Array(block).fill(value)
    let largest = 0
    for (let pushed = 0; pushed < 1600; pushed += block)
      engine.push(samples, (_, frame) => {
        for (const energy of frame) largest = Math.max(largest, energy)
      })
    return { largest, bad: engine.badSamples }
  }

  test.each([4, 1])(
    'what is beyond 1e6 cannot be sound: it is counted and silent (blocks of %i)',
    (block) => {
      expect(energies(1.001e6, block)).toEqual({ largest: 0, bad: 1600 })
      expect(energies(-1.001e6, block)).toEqual({ largest: 0, bad: 1600 })
      const { largest, bad } = energies(1e6, block)
      expect(bad).toBe(0)
      expect(largest).toBeGreaterThan(0)
    },
  )

  test.each([4, 1])(
    'what is below 1e-10 is silence, before it can become denormal (blocks of %i)',
    (block) => {
      expect(energies(9.99e-11, block)).toEqual({ largest: 0, bad: 0 })
      expect(energies(-9.99e-11, block)).toEqual({ largest: 0, bad: 0 })
      expect(energies(1.001e-10, block).largest).toBeGreaterThan(0)
    },
  )
})

test.each(['leaf', 'mel-tenth-root'] as const)(
  '%s: a sample of 1e4 costs the frames around it the precision of float32, and no other a bit',
  (name) => {
    const frontend = { ...preset(name), energyFloor: 0, compression: { kind: 'none' } as const }
    const plan = compilePlan(frontend)
    const engine = new Engine(plan, null)
    const sound = signals.speech.slice(3000, 7000)
    const place = 2000
    const before = engine.clip(sound).values
    sound[place] = 1e4
    const { values } = engine.clip(sound)
    const expected = pooledEnergies(frontend, sound).values
    const largest = expected.reduce((most, energy) => Math.max(most, energy))
    const isNear = (i: number) => Math.abs(Math.floor(i / plan.channels) - place / plan.hop) <= 5
    expect(values.filter((value, i) => !isNear(i) && value !== before[i])).toHaveLength(0)
    expect(values.filter((value, i) => Math.abs(value - expected[i]) > 5e-7 * largest)).toHaveLength(0)
  },
)
