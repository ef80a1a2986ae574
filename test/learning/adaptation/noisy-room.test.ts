import { describe, expect, test } from 'vitest'
import { type Room, simulateRecording } from '../../../src/learning/adaptation/noisy-room.ts'
import { Random } from '../../../src/learning/random/random.ts'
import { loudness, noise } from '../../../src/learning/sound/sound.ts'
import { tone } from '../tone-folder.ts'

const RATE = 16000
const ROOM: Room = {
  bed: noise(3 * RATE, 'pink', new Random(1)).map((sample) => 7 * sample),
  snr: 10,
  levelOfSilence: 0.02,
}

const level = (sound: Float32Array) =>
  Math.sqrt(sound.reduce((sum, sample) => sum + sample * sample, 0) / sound.length)
const decibels = (ratio: number) => 20 * Math.log10(ratio)

describe('a clip in a room', () => {
  const clean = tone(440, RATE, 1)
  const hear = (room: Room | null, isSilence = false, least = 0, seed = 2) =>
    simulateRecording(clean, { room, isSilence, least, sampleRate: RATE }, new Random(seed))

  test.each([20, 10, 0])('is %d dB above the noise', (snr) => {
    const heard = hear({ ...ROOM, snr })
    expect(heard).toHaveLength(RATE)
    const peak = heard.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    // A sum beyond full scale is turned down as a whole.
    const added = peak < 0.999 ? heard.map((sample, i) => sample - clean[i]) : undefined
    if (snr > 0) expect(Math.abs(decibels(loudness(clean, RATE) / level(added!)) - snr)).toBeLessThan(1)
    else expect(level(heard) / level(clean)).toBeGreaterThan(1.2)
  })

  test('is as quiet as the room says where it is silence', () => {
    const added = hear(ROOM, true).map((sample, i) => sample - clean[i])
    expect(Math.abs(decibels(level(added) / ROOM.levelOfSilence))).toBeLessThan(1)
  })

  test('is never without the faint noise of a microphone', () => {
    const hearing = { room: null, isSilence: false, least: 0, sampleRate: RATE }
    const heard = simulateRecording(new Float32Array(RATE), hearing, new Random(1))
    expect(Math.abs(decibels(level(heard)) + 80)).toBeLessThan(0.1)
  })

  test('that is short lies anywhere in it, with the room before and after', () => {
    const starts = [1, 2, 3, 4].map((seed) => {
      const heard = hear(ROOM, false, 3 * RATE, seed)
      expect(heard).toHaveLength(3 * RATE)
      const tenths = Array.from({ length: 30 }, (_, i) => level(heard.subarray(i * 1600, (i + 1) * 1600)))
      const loud = tenths.map((value) => value > level(clean) * 0.8)
      expect([9, 10]).toContain(loud.filter((value) => value).length)
      const quietest = Math.min(...tenths)
      expect(Math.abs(decibels(loudness(clean, RATE) / quietest) - 10)).toBeLessThan(4)
      return loud.indexOf(true)
    })
    expect(new Set(starts).size).toBeGreaterThan(2)
  })

  test('lies at another place of the bed each time, and never beyond full scale', () => {
    expect(hear(ROOM, false, 0, 3)).not.toEqual(hear(ROOM))
    expect(hear(ROOM)).toEqual(hear(ROOM))
    const loud = hear({ ...ROOM, snr: -30 })
    expect(loud.every((sample) => Math.abs(sample) <= 1)).toBe(true)
  })
})
