import fc from 'fast-check'
import { expect, it } from 'vitest'
import { RecordingRing } from '../../worklet/recording-ring.ts'

/** Blocks as the browser gives them: some left out, sometimes for long, on a clock that began at any time. */
const blocks = fc.array(
  fc.record({ lost: fc.oneof(fc.constant(0), fc.nat(40)), length: fc.constantFrom(1, 4, 7) }),
)

it('holds the newest samples at their place on the clock, with silence for what was left out', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.nat(1e9),
      blocks,
      fc.nat(60),
      fc.nat(60),
      (capacity, begin, sizes, a, b) => {
        const ring = new RecordingRing(capacity)
        const all: number[] = []
        let next = 1
        for (const { lost, length } of sizes) {
          if (all.length > 0) for (let i = 0; i < lost; i++) all.push(0)
          const block = Float32Array.from({ length }, () => next++)
          ring.write(block, begin + all.length)
          all.push(...block)
        }
        const kept = all.slice(-capacity)
        const end = all.length === 0 ? 0 : begin + all.length
        expect([ring.start, ring.end]).toEqual([end - kept.length, end])
        const [from, to] = [end - Math.max(a, b), end - Math.min(a, b)]
        const wanted = all.slice(
          Math.max(0, all.length - Math.min(Math.max(a, b), capacity)),
          all.length - Math.min(a, b),
        )
        expect([...ring.read(from, to)]).toEqual(Math.min(a, b) > all.length ? [] : wanted)
      },
    ),
    { numRuns: 500 },
  )
})

it('gives copies: what is heard later does not change what was read', () => {
  const ring = new RecordingRing(4)
  ring.write(Float32Array.of(1, 2, 3, 4), 0)
  const copy = ring.read(0, 4)
  ring.write(Float32Array.of(5, 6), 4)
  expect([...copy]).toEqual([1, 2, 3, 4])
  expect([...ring.read(0, 6)]).toEqual([3, 4, 5, 6])
})
