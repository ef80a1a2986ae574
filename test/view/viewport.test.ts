import { expect, it } from 'vitest'
import { type Span, Viewport } from '../../src/view/viewport.ts'

function viewport(sweep: boolean): Viewport {
  return Object.assign(new Viewport(), { left: 40, width: 100, seconds: 10, origin: 0, now: 23, sweep })
}

it('scrolls: now is at the right, the past moves left, what is older is cut', () => {
  const view = viewport(false)
  expect(view.x(23)).toBe(140)
  expect(view.x(18)).toBe(90)
  expect(view.spans(5, 18)).toEqual([{ from: 40, to: 90 }])
  expect(view.spans(5, 12)).toEqual([])
})

it('sweeps: the picture stands still, an interval wraps around the edge', () => {
  const view = viewport(true)
  expect(view.x(21)).toBeCloseTo(50)
  expect(rounded(view.spans(15, 17))).toEqual([[90, 110]])
  expect(rounded(view.spans(19, 22))).toEqual([
    [130, 140],
    [40, 60],
  ])
})

it('sweeps: what lasts longer than the picture fills it', () => {
  expect(rounded(viewport(true).spans(0, 40))).toEqual([
    [70, 140],
    [40, 70],
  ])
})

function rounded(spans: readonly Span[]): number[][] {
  return spans.map(({ from, to }) => [Math.round(from), Math.round(to)])
}
