import { PerformanceObserver } from 'node:perf_hooks'
import v8 from 'node:v8'
import vm from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { geometryOf, preset } from '../../src/frontend/index.ts'
import { compilePlan, designResampler } from '../../src/plan/index.ts'
import { Engine, type FrameSink } from '../../worklet/engine.ts'
import { randomLeaf } from './frontends.ts'
import { seeded, signals } from './signals.ts'

const plans = {
  leaf: compilePlan(preset('leaf')),
  'random leaf': compilePlan(randomLeaf(3)),
  'mel-log': compilePlan(preset('mel-log')),
}
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
        { numRuns: 12, seed: 1 },
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
    const pooled = plan.analysis.kind === 'subbands'
    // The last sample frame 0 depends on: the end of its window, and a filter's half beyond.
    const final = pooled ? windowLength - 1 - poolingLeft + (windowLength >> 1) : windowLength - 1
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

  test('a frontend swapped in goes on without a missing frame', () => {
    const other = plans.leaf === plan ? plans['mel-log'] : plans.leaf
    const engine = new Engine(other, null)
    const indices: number[] = []
    const later: number[] = []
    engine.push(sound.subarray(0, 7003), (index) => indices.push(index))
    engine.load(plan, null)
    engine.push(sound.subarray(7003), (index, values) => {
      indices.push(index)
      if (index >= 60) later.push(values[5])
    })
    expect(indices).toEqual(indices.map((_, i) => i))
    // Without a smoother to settle, the frames are those of a stream that had this frontend all along.
    if (plan.compression.kind !== 'log') return
    const whole = streamed(new Engine(plan, null), sound, () => 128)
    expect(later).toEqual(later.map((_, i) => whole[(60 + i) * plan.channels + 5]))
  })
})

test('a swapped-in LEAF has the energies of a stream that had it all along', () => {
  const bare = compilePlan({ ...preset('leaf'), compression: { kind: 'none' } })
  const engine = new Engine(plans['mel-log'], null)
  const swapped: [number, Float32Array][] = []
  engine.push(sound.subarray(0, 7003), () => {})
  engine.load(bare, null)
  engine.push(sound.subarray(7003), (index, values) => swapped.push([index, values.slice()]))
  const whole = new Engine(bare, null).clip(sound)
  expect(swapped.length).toBeGreaterThan(15)
  // Blocks may fall on other frames than in the other stream, so the last bits differ.
  for (const [index, values] of swapped) {
    values.forEach((value, n) => expect(value).toBeCloseTo(whole.values[index * bare.channels + n], 5))
  }
})

/** Empties the heap of garbage, without a flag for the whole process. */
function collectGarbage(): void {
  v8.setFlagsFromString('--expose-gc')
  ;(vm.runInNewContext('gc') as () => void)()
}

test('a million blocks do not move the heap', { timeout: 120_000 }, async () => {
  const engine = new Engine(plans.leaf, designResampler(48000, 16000))
  const block = new Float32Array(8)
  const random = seeded(9)
  for (let i = 0; i < block.length; i++) block[i] = random() - 0.5
  let frames = 0
  const count: FrameSink = () => {
    frames++
  }
  const run = (blocks: number) => {
    for (let i = 0; i < blocks; i++) engine.push(block, count)
  }
  run(200_000)
  collectGarbage()
  const collections: number[] = []
  const observer = new PerformanceObserver((list) => {
    collections.push(...list.getEntries().map(({ startTime }) => startTime))
  })
  observer.observe({ entryTypes: ['gc'] })
  const began = performance.now()
  const before = process.memoryUsage().heapUsed
  run(1_000_000)
  const after = process.memoryUsage().heapUsed
  const ended = performance.now()
  await new Promise((resolve) => setTimeout(resolve, 50))
  observer.disconnect()
  expect(frames).toBeGreaterThan(18_000)
  // Garbage counts too: nothing was collected meanwhile, and 8 bytes a block would be 8 MB.
  expect(collections.filter((time) => time > began && time < ended)).toEqual([])
  expect(after - before).toBeLessThan(1_000_000)
})
