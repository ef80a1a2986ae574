import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { CommonTime } from '../../demo/compare/common-time.ts'
import type { FrameReader } from '../../src/frame-channel/index.ts'
import type { FrameSource } from '../../src/view/index.ts'

/** What the browser knows of repaints. */
let timeline: { currentTime: number }
let page: { timeline: typeof timeline; visibilityState: string }

beforeEach(() => {
  timeline = { currentTime: 0 }
  page = { timeline, visibilityState: 'visible' }
  vi.stubGlobal('document', page)
})

afterEach(() => {
  vi.unstubAllGlobals()
})

/** A reader into which a test puts times; the frame's one value is its time, in an array that is used again. */
function reader(): FrameReader & { readonly times: number[] } {
  const values = new Float64Array(1)
  const times: number[] = []
  return {
    channels: 1,
    onAvailable: null,
    times,
    drain(onFrame) {
      const count = times.length
      for (const time of times.splice(0)) {
        values[0] = time
        onFrame(0, time, values)
      }
      return count
    },
    close() {},
  }
}

function drained(source: FrameSource): number[] {
  const all: number[] = []
  source.drain((_, time, values) => {
    expect(values[0]).toBe(time)
    all.push(time)
  })
  return all
}

it('hands out no frame before all readers are as far, once in a repaint', () => {
  const common = new CommonTime()
  const [a, b] = [reader(), reader()]
  const [first, second] = [common.join(a), common.join(b)]
  a.times.push(0.1, 0.2, 0.3)
  b.times.push(0.15, 0.25)
  expect(drained(first)).toEqual([0.1, 0.2])
  a.times.push(0.4)
  b.times.push(0.35)
  expect(drained(second)).toEqual([0.15, 0.25])
  timeline.currentTime = 16
  expect(drained(second)).toEqual([0.35])
  expect(drained(first)).toEqual([0.3])
})

it('does not wait for one that has not begun, broke long ago or is closed', () => {
  const common = new CommonTime()
  const [a, b] = [reader(), reader()]
  const [first, second] = [common.join(a), common.join(b)]
  a.times.push(1)
  expect(drained(first)).toEqual([1])
  timeline.currentTime = 16
  b.times.push(1.5)
  a.times.push(2.6)
  expect(drained(first)).toEqual([2.6])
  expect(drained(second)).toEqual([1.5])
  timeline.currentTime = 32
  b.times.push(2.5)
  a.times.push(2.7)
  second.close()
  expect(drained(first)).toEqual([2.7])
})

it('goes on collecting while the page is hidden and nothing is painted', () => {
  const common = new CommonTime()
  const a = reader()
  const first = common.join(a)
  page.visibilityState = 'hidden'
  a.times.push(0.1)
  expect(drained(first)).toEqual([0.1])
  a.times.push(0.2)
  expect(drained(first)).toEqual([0.2])
})
