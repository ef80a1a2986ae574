import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { geometryOf, preset, presetNames } from '../../src/frontend/index.ts'
import { compilePlan, designResampler } from '../../src/plan/index.ts'
import { Engine, type FrameSink } from '../../worklet/engine.ts'
import { randomLeaf } from './frontends.ts'
import { seeded, signals } from './signals.ts'

const presets = Object.fromEntries(presetNames.map((name) => [name, compilePlan(preset(name))]))
const plans = { ...presets, 'random leaf': compilePlan(randomLeaf(3)) }
const sound = signals.speech

/** Pushes `samples` in blocks whose lengths `next` gives. @returns the frames' values, one after the other. */
function streamed(engine: Engine, samples: Float32Array, next: () => number): Float32Array {
  const values: number[] = []
  const collect: FrameSink = (index, frame) => {
    expect(index * frame.length).toBe(values.length)
    values.push(...frame)
  }
  engine.reset()
  for (let at = 0; at < samples.length; ) {
    const end = Math.min(samples.length, at + next())
    engine.push(samples.slice(at, end), collect)
    at = end
  }
  return new Float32Array(values)
}

describe.each(Object.entries(plans))('%s', (_, plan) => {
  test.each([null, designResampler(44100, 16000)])(
    'is the same to the bit for any partition (resampler %#)',
    (resampler) => {
      const engine = new Engine(plan, resampler)
      const whole = streamed(engine, sound, () => sound.length)
      expect(whole.length).toBeGreaterThan(15 * plan.channels)
      for (const block of [1, 7, 128, 160, 441, 1024])
        expect(streamed(engine, sound, () => block)).toEqual(whole)
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer(), (largest, seed) => {
          const random = seeded(seed)
          expect(streamed(engine, sound, () => 1 + Math.floor(random() * largest))).toEqual(whole)
        }),
        { numRuns: 6, seed: 1 },
      )
    },
  )

  test('a stream gives the frames of the clip, a second clip those of the first', () => {
    const engine = new Engine(plan, null)
    const clip = engine.clip(sound).values
    const stream = streamed(engine, sound, () => 128)
    expect(clip.subarray(0, stream.length)).toEqual(stream)
    expect(engine.clip(sound).values).toEqual(clip)
  })

  test('a frame leaves at most one hop after it is final', () => {
    const { windowLength, hop, poolingLeft } = geometryOf(plan.frontend)
    const { kind } = plan.analysis
    const whole = kind === 'samples' ? hop - 1 : windowLength - 1
    // The last sample frame 0 depends on: the end of its window, and a filter's half beyond.
    const final = kind === 'mel' || kind === 'samples' ? whole : whole - poolingLeft + (windowLength >> 1)
    const engine = new Engine(plan, null)
    let seen = 0
    for (let sample = 0; sample < 4000; sample++) {
      engine.push(sound.slice(sample, sample + 1), (index) => {
        seen++
        expect(sample).toBeGreaterThanOrEqual(final + index * hop)
        expect(sample).toBeLessThanOrEqual(final + (index + 1) * hop)
      })
    }
    expect(seen).toBeGreaterThan(15)
  })
})

/** Frames' energies, without a smoother to settle. */
const bare = presetNames.map((name) =>
  compilePlan({ ...preset(name), energyFloor: 0, compression: { kind: 'none' } }),
)
const whole = bare.map((plan) => new Engine(plan, null).clip(sound))

test('frontends that take turns leave no frame out, and have the energies of a stream of their own', () => {
  const turns = fc.array(fc.tuple(fc.nat(bare.length - 1), fc.integer({ min: 1, max: 3000 })), {
    minLength: 1,
    maxLength: 9,
  })
  fc.assert(
    fc.property(turns, (order) => {
      const engine = new Engine(bare[0], null)
      let next = 0
      let at = 0
      for (const [which, samples] of [...order, [0, sound.length] as const]) {
        engine.load(bare[which], null)
        const { channels, values } = whole[which]
        const peak = values.reduce((most, value) => Math.max(most, Math.abs(value)))
        engine.push(sound.slice(at, at + samples), (index, frame) => {
          expect(index).toBe(next)
          next++
          // Blocks may fall on other frames than in the other stream, so the last bits differ.
          frame.forEach((value, n) => {
            expect(Math.abs(value - values[index * channels + n])).toBeLessThan(1e-6 * peak)
          })
        })
        at = Math.min(sound.length, at + samples)
      }
      expect(next).toBeGreaterThan(60)
    }),
    { numRuns: 20, seed: 1 },
  )
})

test('a swapped-in frontend of single frames has the very bits', () => {
  const engine = new Engine(presets.leaf, null)
  engine.push(sound.subarray(0, 7003), () => {})
  engine.load(presets['mel-log'], null)
  const { channels, values } = new Engine(presets['mel-log'], null).clip(sound)
  let frames = 0
  engine.push(sound.subarray(7003), (index, frame) => {
    frames++
    expect(frame).toEqual(values.slice(index * channels, (index + 1) * channels))
  })
  expect(frames).toBeGreaterThan(15)
})

test.each(['leaf', 'mel-log', 'sincnet'] as const)(
  'a sink that throws at the end of a clip leaves the next clip alone: %s',
  (name) => {
    const engine = new Engine(presets[name], null)
    const { values } = engine.clip(sound)
    // At a frame whose window the end cuts off.
    const broken: FrameSink = (index) => {
      if (index >= 14) throw new Error('the sink broke')
    }
    for (const samples of [2400, 2401]) {
      engine.push(sound.subarray(0, samples), () => {})
      expect(() => engine.finish(broken)).toThrow('the sink broke')
      engine.reset()
      const stream = streamed(engine, sound, () => 441)
      expect(stream.length).toBeGreaterThan(60 * presets[name].channels)
      expect(stream).toEqual(values.subarray(0, stream.length))
    }
  },
)
