import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitExamples } from '../../../src/learning/teaching/split.ts'
import { RATE } from './three-classes.ts'

/** As short as an example may be: comparing splits looks at every sample. */
const sound = new Int16Array(RATE / 10)
/** Recordings of two classes, each with how many examples were cut from it. */
const recordings = fc.array(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }), {
  minLength: 2,
  maxLength: 4,
})

test('every class is on both sides, a share held out where recordings allow it, and no recording is divided', () => {
  fc.assert(
    fc.property(recordings, fc.integer(), fc.constantFrom(0.2, 0.5), (classes, seed, share) => {
      fc.pre(classes.every((counts) => counts.length > 1 || counts[0] > 1))
      const sounds = classes.flatMap((counts, label) =>
        counts.flatMap((count, recording) =>
          Array.from({ length: count }, () => ({
            label: `class ${label}`,
            recording: `${recording}`,
            sound,
          })),
        ),
      )
      const split = splitExamples(sounds, RATE, seed, share)
      expect(splitExamples(sounds, RATE, seed, share)).toEqual(split)
      classes.forEach((counts, label) => {
        const [learned, heldOut] = [split.learned[label], split.heldOut[label]]
        const total = counts.reduce((sum, count) => sum + count, 0)
        expect(learned.length + heldOut.length).toBe(total)
        expect(learned.length).toBeGreaterThan(0)
        expect(heldOut.length).toBeGreaterThan(0)
        const wanted = Math.max(1, Math.round(share * total))
        expect(heldOut.length).toBeLessThanOrEqual(Math.max(wanted, Math.min(...counts)))
        const isShared = counts.length === 1
        expect(split.shared.includes(`class ${label}`)).toBe(isShared)
        const own = new Set(learned.map(({ recording }) => recording))
        if (!isShared) expect(heldOut.some(({ recording }) => own.has(recording))).toBe(false)
      })
    }),
  )
})

test('another seed holds out others', () => {
  const sounds = ['a', 'b'].flatMap((label) =>
    Array.from({ length: 20 }, (_, i) => ({ label, recording: `${i}`, sound })),
  )
  const heldOut = (seed: number) =>
    splitExamples(sounds, RATE, seed, 0.2).heldOut.map((own) => own.map(({ recording }) => recording))
  expect(heldOut(1)[0]).toHaveLength(4)
  expect(heldOut(1)).not.toEqual(heldOut(2))
  expect(heldOut(1)[0]).not.toEqual(heldOut(1)[1])
})
