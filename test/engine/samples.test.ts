import fc from 'fast-check'
import { expect, test } from 'vitest'
import { preset, reference } from '../../src/frontend/index.ts'
import { compilePlan, designResampler } from '../../src/plan/index.ts'
import { Engine } from '../../worklet/engine.ts'
import { resampleClip } from './resample-kernel.ts'
import { seeded } from './signals.ts'

const frontend = preset('samples')
const plan = compilePlan(frontend)

function noise(length: number, seed: number): Float32Array {
  const random = seeded(seed)
  return Float32Array.from({ length }, () => 2 * random() - 1)
}

/** Frames one after the other, as they come live from blocks of up to 3000 samples. */
function streamed(engine: Engine, sound: Float32Array): Float32Array {
  const random = seeded(sound.length)
  const values: number[] = []
  for (let at = 0; at < sound.length; ) {
    const end = at + 1 + Math.floor(3000 * random())
    engine.push(sound.slice(at, end), (_, frame) => values.push(...frame))
    at = end
  }
  return Float32Array.from(values)
}

test('a clip comes out as it went in, zeros behind its end, and live up to its last whole frame', () => {
  const engine = new Engine(plan, null)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer(), (length, seed) => {
      const sound = noise(length, seed)
      const { frames, channels, values } = engine.clip(sound)
      expect([frames, channels]).toEqual([Math.ceil(length / 160), 160])
      const whole = new Float32Array(frames * 160)
      whole.set(sound)
      expect(values).toEqual(whole)
      expect(streamed(engine, sound)).toEqual(sound.slice(0, length - (length % 160)))
      expect(Float32Array.from(reference(frontend, sound).values)).toEqual(whole)
      engine.reset()
    }),
    { seed: 1, numRuns: 40 },
  )
})

test.each([8000, 22050, 44100, 48000, 96000])('from %i Hz they are the resampled samples', (rate) => {
  const resampler = designResampler(rate, 16000)!
  const engine = new Engine(plan, resampler)
  const sound = noise(rate / 2, rate)
  const resampled = resampleClip(resampler, sound).slice(0, 8000)
  expect(engine.clip(sound).values).toEqual(resampled)
  const live = streamed(engine, sound)
  expect(live.length).toBeGreaterThan(7500)
  expect(live).toEqual(resampled.slice(0, live.length))
})

test('what cannot be sound is silence, as everywhere', () => {
  const sound = Float32Array.of(0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e9, 1e-12, -0.5)
  const { values } = new Engine(plan, null).clip(sound)
  expect(values.slice(0, 6)).toEqual(Float32Array.of(0.5, 0, 0, 0, 0, -0.5))
})

test.each([8000, 11025, 22050, 44100, 48000])(
  'a frontend at %i Hz has the samples of its hop',
  (sampleRate) => {
    const own = preset('samples', { sampleRate })
    const sound = noise(3 * own.channels, 7)
    expect(new Engine(compilePlan(own), null).clip(sound)).toEqual({
      frames: 3,
      channels: own.channels,
      values: sound,
    })
  },
)
