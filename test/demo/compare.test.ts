import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLIP_SECONDS, FAN_DB, fan, nearAndFar, snaps, whistle } from '../../demo/compare/clips.ts'
import { surest } from '../../demo/compare/own-scores.ts'
import { RecentMaxima } from '../../demo/compare/recent-maxima.ts'

const RATE = 16000
/** Never silent, so that what lies below it does not count. */
const tone = (seconds: number, level: number) =>
  Float32Array.from({ length: seconds * RATE }, (_, i) => level * Math.sin(0.3 * i))
const decibels = (sound: Float32Array, start: number, end: number) => {
  const part = sound.subarray(start * RATE, end * RATE)
  return 10 * Math.log10(part.reduce((sum, value) => sum + value * value, 0) / part.length)
}

describe('the clips of Compare', () => {
  it('last as long as a picture', () => {
    const sound = tone(1, 0.1)
    for (const clip of [fan(sound, sound), nearAndFar(sound), whistle(), snaps(sound)])
      expect(clip.length).toBe(CLIP_SECONDS * RATE)
  })

  it('have the fan as far below the voice as its card says, whatever their levels were', () => {
    for (const [hum, speech] of [
      [0.5, 0.1],
      [0.01, 0.2],
    ]) {
      const silent = new Float32Array(RATE)
      const alone = fan(tone(7, hum), tone(2, speech))
      const voice = fan(silent, tone(2, speech))
      // The fan alone, before the voice begins.
      expect(decibels(alone, 2, 3.5) - decibels(voice, 4, 6)).toBeCloseTo(FAN_DB, 1)
    }
  })

  it('have the word from afar 20 dB quieter', () => {
    const clip = nearAndFar(tone(0.7, 0.2))
    expect(decibels(clip, 3.4, 4.1) - decibels(clip, 0.8, 1.5)).toBeCloseTo(-20, 1)
    expect(decibels(clip, 6, 6.7)).toBeCloseTo(decibels(clip, 0.8, 1.5), 3)
  })
})

it('keeps the highest of the last seconds, and nothing older', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(30)), { minLength: 1 }),
      (steps) => {
        const maxima = new RecentMaxima(8)
        const all: { time: number; value: number }[] = []
        let time = 0
        for (const [value, eighths] of steps) {
          time += eighths / 8
          all.push({ time, value })
          maxima.add(time, [value])
        }
        const recent = all.filter((one) => one.time > time - 8).map(({ value }) => value)
        expect([...maxima.values]).toEqual([Math.max(...recent)])
      },
    ),
  )
})

describe('what a model says', () => {
  it('is its surest labels, the surest first, without those that say that nothing sounds', () => {
    const names = ['Dog', null, 'Bird', 'Car', 'Bell']
    expect(surest(names, [0.2, 0.99, 0.9, 0.3, 0.09])).toBe('Its own model: Bird 90 % · Car 30 % · Dog 20 %')
    expect(surest(names, [0, 0.99, 0, 0, 0.09])).toBe('Its own model knows nothing of this')
  })
})
