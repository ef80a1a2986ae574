import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stepSeconds, WindowQueue } from '../../src/inference/window-queue.ts'
import type { Model } from '../../src/model/index.ts'
import { tinyModel } from '../model/tiny-model.ts'

/** A model that looks at `windowFrames` frames every `hopFrames`; four channels. */
function looking(windowFrames: number, hopFrames: number): Model {
  const model = tinyModel()
  return { ...model, classifier: { ...model.classifier, windowFrames, hopFrames } }
}

/** Frame i holds 10 i + channel, at time i / 100. */
function push(queue: WindowQueue, from: number, to: number): void {
  for (let i = from; i < to; i++) queue.push(i, i / 100, [10 * i, 10 * i + 1, 10 * i + 2, 10 * i + 3])
}

/** The first frames of the windows that can be taken, each checked to hold the frames that follow it. */
function takeAll(queue: WindowQueue, windowFrames: number): number[] {
  const window = new Float32Array(windowFrames * 4)
  const starts: number[] = []
  for (let times = queue.take(window); times; times = queue.take(window)) {
    const start = window[0] / 10
    const expected = Array.from(
      { length: windowFrames * 4 },
      (_, k) => 10 * (start + Math.floor(k / 4)) + (k % 4),
    )
    expect(Array.from(window)).toEqual(expected)
    expect(times.end).toBeCloseTo((start + windowFrames - 1) / 100, 12)
    expect(times.center).toBeCloseTo((start + (windowFrames - 1) / 2) / 100, 12)
    starts.push(start)
  }
  return starts
}

test('windows overlap and begin at multiples of the hop, wherever reading begins', () => {
  const queue = new WindowQueue(looking(6, 4), 8)
  push(queue, 0, 5)
  expect(takeAll(queue, 6)).toEqual([])
  push(queue, 5, 14)
  expect(takeAll(queue, 6)).toEqual([0, 4, 8])
  const late = new WindowQueue(looking(6, 4), 8)
  push(late, 1001, 1014)
  expect(takeAll(late, 6)).toEqual([1004, 1008])
})

test('windows nobody takes are dropped, the oldest first, and counted', () => {
  const queue = new WindowQueue(looking(6, 2), 3)
  push(queue, 0, 20)
  expect(queue.waiting).toBe(3)
  expect(queue.dropped).toBe(5)
  expect(takeAll(queue, 6)).toEqual([10, 12, 14])
  expect(queue.dropped).toBe(5)
})

test('no window spans a hole', () => {
  const queue = new WindowQueue(looking(6, 2), 8)
  push(queue, 0, 9)
  push(queue, 11, 20)
  expect(queue.dropped).toBe(2)
  expect(takeAll(queue, 6)).toEqual([12, 14])
})

test('a step in seconds is the hop in frames times the hop of a frame', () => {
  expect(stepSeconds(looking(6, 25))).toBeCloseTo(0.25, 12)
})

test('however windows are pushed and taken, each is taken once, in order, or counted as dropped', () => {
  const sizes = fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 5 }))
    .filter(([windowFrames, hopFrames]) => hopFrames <= windowFrames)
  const chunks = fc.array(fc.record({ frames: fc.nat({ max: 40 }), take: fc.boolean() }), { maxLength: 20 })
  fc.assert(
    fc.property(sizes, chunks, ([windowFrames, hopFrames, limit], steps) => {
      const queue = new WindowQueue(looking(windowFrames, hopFrames), limit)
      const taken: number[] = []
      let pushed = 0
      for (const { frames, take } of steps) {
        push(queue, pushed, pushed + frames)
        pushed += frames
        expect(queue.waiting).toBeLessThanOrEqual(limit)
        if (take) taken.push(...takeAll(queue, windowFrames))
      }
      const complete = pushed < windowFrames ? 0 : Math.floor((pushed - windowFrames) / hopFrames) + 1
      expect(taken.length + queue.dropped + queue.waiting).toBe(complete)
      taken.forEach((start, i) => {
        expect(start % hopFrames).toBe(0)
        if (i > 0) expect(start).toBeGreaterThan(taken[i - 1])
      })
    }),
  )
})

test('a queue that goes on where another stopped takes every window once, whatever its own window and hop', () => {
  const size = fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
    .filter(([windowFrames, hopFrames]) => hopFrames <= windowFrames)
  const lengths = fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 9 }), fc.nat({ max: 60 }))
  fc.assert(
    fc.property(size, size, lengths, ([window, hop], [nextWindow, nextHop], [before, untaken, after]) => {
      const first = new WindowQueue(looking(window, hop), 100)
      push(first, 0, before)
      const taken = takeAll(first, window).at(-1) ?? -window
      push(first, before, before + untaken)
      const next = new WindowQueue(looking(nextWindow, nextHop), 100)
      const resumed = next.resume(first.past())
      expect(resumed).toBe(before + untaken)
      push(next, resumed, resumed + after)
      const starts = takeAll(next, nextWindow)
      const wanted = []
      for (let start = 0; start + nextWindow <= resumed + after; start += nextHop)
        if (start + nextWindow > taken + window) wanted.push(start)
      expect(starts).toEqual(wanted)
      expect(next.dropped).toBe(0)
    }),
  )
})
