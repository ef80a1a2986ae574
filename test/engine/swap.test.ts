import { describe, expect, test } from 'vitest'
import {
  type FrontendDescription,
  filterbanks,
  type Geometry,
  hopOf,
  parseFrontend,
  poolings,
  preset,
  presetNames,
  windowLengthOf,
} from '../../src/frontend/index.ts'
import { compilePlan, type Plan } from '../../src/plan/index.ts'
import { Engine } from '../../worklet/engine.ts'
import { seeded } from './signals.ts'

const noise = (samples: number): Float32Array => {
  const random = seeded(samples)
  return Float32Array.from({ length: samples }, () => random() - 0.5)
}

/** Energies alone: without a smoother to settle, and without a floor that hides what is wrong. */
const bare = (frontend: FrontendDescription): Plan =>
  compilePlan({ ...frontend, energyFloor: 0, compression: { kind: 'none' } })

/** Two channels at 8 kHz, a frame every 10 ms, with windows as long as wanted. */
function frontendOf(filterbank: 'gabor' | 'mel', windowMs: number): FrontendDescription {
  const [sampleRate, hopMs, channels] = [8000, 10, 2]
  const [windowLength, hop] = [windowLengthOf(sampleRate, windowMs), hopOf(sampleRate, hopMs)]
  const poolingLeft = (windowLength - hop) >> 1
  const geometry: Geometry = { sampleRate, windowLength, hop, channels, poolingLeft, partialFrames: true }
  return parseFrontend({
    ...preset('leaf', { sampleRate, channels }),
    windowMs,
    hopMs,
    filterbank: filterbanks[filterbank].initial(geometry),
    pooling: filterbank === 'mel' ? { kind: 'none' } : poolings.gaussian.initial(geometry),
    alignment: { poolingLeft },
  })
}

/** Swaps at sample `at` and holds every later frame to a stream of its own. */
function expectFramesOfItsOwn(from: Plan, to: Plan, sound: Float32Array, at: number): void {
  const { channels, values } = new Engine(to, null).clip(sound)
  const peak = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const engine = new Engine(from, null)
  let next = 0
  engine.push(sound.subarray(0, at), () => {
    next++
  })
  const before = next
  engine.load(to, null)
  engine.push(sound.subarray(at), (index, frame) => {
    expect(index).toBe(next)
    next++
    // Blocks may fall on other frames than in a stream of its own, so the last bits differ.
    frame.forEach((value, n) => {
      expect(Math.abs(value - values[index * channels + n]), `frame ${index}`).toBeLessThan(1e-6 * peak)
    })
  })
  expect(next).toBeGreaterThan(before + 10)
}

describe('a frontend swapped into a running stream', () => {
  // Mel filters need no more than a window; whatever comes after them wants the samples before as well.
  const mel = bare(preset('mel-log'))
  test.each(presetNames)('has its past in what mel filters left: %s', (name) => {
    expectFramesOfItsOwn(mel, bare(preset(name)), noise(9000), 5003)
  })

  test('has it with windows of 22 hops after windows of one', () => {
    const short = bare(frontendOf('mel', 10))
    const long = bare(frontendOf('gabor', 220))
    expectFramesOfItsOwn(short, long, noise(12000), 5003)
  })

  test('has it when it waits for far fewer samples than the one before', () => {
    const long = bare(frontendOf('gabor', 400))
    const short = bare(frontendOf('mel', 10))
    expectFramesOfItsOwn(long, short, noise(12000), 8001)
  })
})
