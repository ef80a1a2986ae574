import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LevelMeter } from '../../worklet/level-meter.ts'

const rate = 48000

/** A second of a sound in blocks of 128. */
function hear(meter: LevelMeter, sample: (i: number) => number, seconds = 3): void {
  const block = new Float32Array(128)
  for (let first = 0; first < seconds * rate; first += 128) {
    for (let i = 0; i < 128; i++) block[i] = sample(first + i)
    meter.push(block, [block])
  }
}

const sine = (amplitude: number) => (i: number) => amplitude * Math.sin((2 * Math.PI * 1000 * i) / rate)

describe('the level of what is heard', () => {
  it('is -120 dBFS before any sound and in silence', () => {
    const meter = new LevelMeter(rate)
    expect([meter.level, meter.peak, meter.clipped]).toEqual([-120, -120, 0])
    hear(meter, () => 0)
    expect([meter.level, meter.peak, meter.clipped]).toEqual([-120, -120, 0])
  })

  it.each([1, 0.1, 0.003])('of a sine of amplitude %f is 3 dB below its peak', (amplitude) => {
    const meter = new LevelMeter(rate)
    hear(meter, sine(amplitude))
    const peak = 20 * Math.log10(amplitude)
    expect(meter.level).toBeCloseTo(peak - 3.01, 1)
    expect(Math.abs(meter.peak - peak)).toBeLessThan(0.05)
  })

  it('falls by 8.7 dB every 0.6 s after a sound, its peak by 20 dB in 1.7 s', () => {
    const meter = new LevelMeter(rate)
    hear(meter, sine(0.5))
    const [level, peak] = [meter.level, meter.peak]
    hear(meter, () => 0, 1.7)
    expect(level - meter.level).toBeCloseTo((1.7 / 0.6) * 8.686, 1)
    expect(peak - meter.peak).toBeCloseTo(20, 1)
  })

  it('falls as fast whatever the length of a block', () => {
    const [short, long] = [new LevelMeter(rate), new LevelMeter(rate)]
    const [ones, quiet] = [new Float32Array(1024).fill(1), new Float32Array(1024)]
    for (const block of [ones, ones, quiet, quiet]) {
      long.push(block, [block])
      for (let i = 0; i < 8; i++) short.push(block.subarray(0, 128), [block])
    }
    expect(short.level).toBeCloseTo(long.level, 9)
    expect(short.peak).toBeCloseTo(long.peak, 9)
  })
})

it('counts samples at full scale in every channel, even where their mean is far below', () => {
  const meter = new LevelMeter(rate)
  const left = Float32Array.of(1, 32767 / 32768, 32766 / 32768, 0)
  const right = Float32Array.of(-1, 0, 0, -1.5)
  meter.push(Float32Array.of(0, 0.5, 0.5, -0.75), [left, right])
  expect(meter.clipped).toBe(4)
})

it('whatever the samples, tells finite numbers', () => {
  const sample = fc.oneof(fc.float({ min: -2, max: 2 }), fc.constantFrom(Number.NaN, Infinity, -Infinity))
  fc.assert(
    fc.property(fc.array(fc.array(sample, { minLength: 1, maxLength: 40 }), { minLength: 1 }), (blocks) => {
      const meter = new LevelMeter(rate)
      for (const samples of blocks) meter.push(Float32Array.from(samples), [Float32Array.from(samples)])
      expect(Number.isFinite(meter.level) && Number.isFinite(meter.peak)).toBe(true)
      expect(meter.level).toBeLessThanOrEqual(20 * Math.log10(2) + 1e-6)
    }),
  )
})
