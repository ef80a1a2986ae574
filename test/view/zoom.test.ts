import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Zoom } from '../../src/view/zoom.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })
const act = fc.oneof(
  fc.record({
    kind: fc.constant('scale' as const),
    factor: fc.double({ min: 0.1, max: 10, noNaN: true }),
    x: share,
    y: share,
  }),
  fc.record({
    kind: fc.constant('pan' as const),
    x: fc.double({ min: -2, max: 2, noNaN: true }),
    y: fc.double({ min: -2, max: 2, noNaN: true }),
  }),
  fc.record({ kind: fc.constant('enter' as const), x: fc.tuple(share, share), y: fc.tuple(share, share) }),
  fc.constant({ kind: 'follow' as const }),
)

function zoomOf(seconds: number, rows: number): Zoom {
  const zoom = new Zoom()
  zoom.fit(seconds, rows)
  return zoom
}

it('whatever is done, shows a part of the whole that is large enough to see', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 60, noNaN: true }),
      fc.integer({ min: 1, max: 128 }),
      fc.array(act),
      (seconds, rows, acts) => {
        const zoom = zoomOf(seconds, rows)
        for (const step of acts) {
          if (step.kind === 'scale') zoom.scale(step.factor, step.x, step.y)
          else if (step.kind === 'pan') zoom.pan(step.x, step.y)
          else if (step.kind === 'follow') zoom.follow()
          else {
            const [x, y] = [step.x.toSorted(), step.y.toSorted()]
            zoom.enter({ from: x[0], to: x[1] }, { from: y[0], to: y[1] })
          }
          expect(zoom.seconds).toBeGreaterThan(Math.min(0.25, seconds) - 1e-9)
          expect(zoom.offset).toBeGreaterThan(-1e-9)
          expect(zoom.seconds + zoom.offset).toBeLessThan(seconds + 1e-9)
          expect(zoom.band.from).toBeGreaterThan(-1e-9)
          expect(zoom.band.to).toBeLessThan(rows + 1e-9)
          expect(zoom.band.to - zoom.band.from).toBeGreaterThan(Math.min(4, rows) - 1e-9)
        }
        zoom.reset()
        expect(zoom.whole).toBe(true)
      },
    ),
  )
})

it('keeps what is under the pointer where it is', () => {
  const zoom = zoomOf(10, 40)
  zoom.scale(0.5, 0.25, 0.75)
  // A quarter of ten seconds, three quarters of forty rows.
  expect(10 - zoom.offset - zoom.seconds + 0.25 * zoom.seconds).toBeCloseTo(2.5, 12)
  expect(zoom.band.from + 0.75 * (zoom.band.to - zoom.band.from)).toBeCloseTo(30, 12)
  zoom.scale(2, 0.25, 0.75)
  expect(zoom.whole).toBe(true)
})

it('shows a box in whole rows', () => {
  const zoom = zoomOf(10, 40)
  zoom.enter({ from: 0.5, to: 0.7 }, { from: 0.51, to: 0.76 })
  expect(zoom.seconds).toBeCloseTo(2, 12)
  expect(zoom.offset).toBeCloseTo(3, 12)
  expect(zoom.band).toEqual({ from: 20, to: 31 })
  zoom.pan(10, -10)
  expect(zoom.offset).toBeCloseTo(0, 12)
  expect(zoom.band).toEqual({ from: 0, to: 11 })
})
