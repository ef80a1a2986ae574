import { expect, test } from 'vitest'
import { Random } from '../../../src/learning/random/random.ts'
import { cutRecording } from '../../../src/learning/teaching/cut-recording.ts'
import { RATE } from './three-classes.ts'

/** Faint noise with loud stretches, in seconds. */
function recording(seconds: number, loud: readonly (readonly [from: number, to: number])[]): Float32Array {
  const random = new Random(1)
  return Float32Array.from({ length: seconds * RATE }, (_, i) => {
    const isLoud = loud.some(([from, to]) => i >= from * RATE && i < to * RATE)
    return (isLoud ? 0.3 : 0.001) * random.normal()
  })
}

/** Where each piece was cut, seconds. */
const starts = (sound: Float32Array, pieces: readonly Float32Array[]) =>
  pieces.map((piece) => {
    const middle = piece.length >> 1
    return (sound.indexOf(piece[middle]) - middle) / RATE
  })

test('a short sound lies in the middle of its second', () => {
  const sound = recording(5, [
    [1, 1.4],
    [3.5, 3.6],
  ])
  const pieces = cutRecording(sound, { sampleRate: RATE })
  expect(pieces.map(({ length }) => length)).toEqual([RATE, RATE])
  const [first, second] = starts(sound, pieces)
  expect(first).toBeCloseTo(0.7, 1)
  expect(second).toBeCloseTo(3.05, 1)
})

test('a long sound becomes several, one behind the other', () => {
  const sound = recording(5, [[0.5, 3.5]])
  const pieces = starts(sound, cutRecording(sound, { sampleRate: RATE }))
  expect(pieces).toEqual([expect.closeTo(0.5, 1), expect.closeTo(1.5, 1), expect.closeTo(2.5, 1)])
})

test('a sound that is steady throughout is cut throughout', () => {
  const sound = recording(4, [[0, 4]])
  expect(starts(sound, cutRecording(sound, { sampleRate: RATE }))).toEqual([0, 1, 2, 3])
})

test('quiet parts are kept where they are wanted', () => {
  const sound = recording(4.5, [[1, 1.2]])
  expect(starts(sound, cutRecording(sound, { sampleRate: RATE, keepQuiet: true }))).toEqual([0, 1, 2, 3])
})

test('a recording shorter than a second is filled up, silence gives nothing', () => {
  const pieces = cutRecording(recording(0.5, [[0.1, 0.4]]), { sampleRate: RATE })
  expect(pieces.map(({ length }) => length)).toEqual([RATE])
  expect(cutRecording(new Float32Array(3 * RATE), { sampleRate: RATE })).toEqual([])
  expect(cutRecording(new Float32Array(0), { sampleRate: RATE })).toEqual([])
})

test('dither gives nothing at whatever level below audible, and what is too short is not filled up', () => {
  for (const steps of [0.5, 1, 5]) {
    const random = new Random(2)
    const dither = Float32Array.from({ length: 3 * RATE }, () => Math.round(steps * random.normal()) / 32768)
    expect(cutRecording(dither, { sampleRate: RATE })).toEqual([])
  }
  const blip = recording(0.05, [[0, 0.05]])
  expect(cutRecording(blip, { sampleRate: RATE })).toEqual([blip])
  expect(cutRecording(blip, { sampleRate: RATE, keepQuiet: true })).toEqual([blip])
})
