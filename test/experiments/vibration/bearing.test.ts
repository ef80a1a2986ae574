import { assert, constantFrom, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Random } from '../../../src/learning/random/index.ts'
import { type BearingState, drawMachine, faultRate, impactsOf, STATES, vibration } from './bearing.ts'

const RATE = 12000
const SECONDS = 8
/** Seconds over which energy is summed. */
const STEP = 0.005

/** A machine whose impacts drown everything else. */
const clear = (seed: number) => ({ ...drawMachine(new Random(seed)), impactLevel: 20 })

/** How strongly the energy of a signal comes and goes at a rate, as a share of its mean. */
function beat(signal: Float32Array, rate: number): number {
  const length = Math.round(STEP * RATE)
  let [re, im, sum] = [0, 0, 0]
  signal.forEach((value, i) => {
    const angle = 2 * Math.PI * rate * Math.floor(i / length) * STEP
    re += value ** 2 * Math.cos(angle)
    im += value ** 2 * Math.sin(angle)
    sum += value ** 2
  })
  return Math.hypot(re, im) / sum
}

describe.each(['outer race', 'inner race', 'ball'] as const)('a fault of the %s', (state) => {
  test('strikes at its own rate, and not at the others', () => {
    for (const seed of [1, 2, 3]) {
      const machine = clear(seed)
      const signal = vibration(machine, state, SECONDS, RATE, new Random(seed, 1))
      const own = beat(signal, faultRate(machine, state))
      expect(own).toBeGreaterThan(0.1)
      for (const other of ['outer race', 'inner race', 'ball'] as const)
        if (other !== state) expect(beat(signal, faultRate(machine, other)), other).toBeLessThan(0.6 * own)
    }
  })
})

test('nothing comes and goes in a healthy bearing', () => {
  const machine = clear(4)
  const signal = vibration({ ...machine, impactLevel: -6 }, 'healthy', SECONDS, RATE, new Random(4, 1))
  for (const state of ['outer race', 'inner race', 'ball'] as const)
    expect(beat(signal, faultRate(machine, state))).toBeLessThan(0.1)
})

test('only what turns through the load is struck in proportion to it', () => {
  const machine = clear(5)
  const strengths = (state: BearingState) => {
    const all = impactsOf(machine, state, 60, new Random(5)).map(({ strength }) => strength)
    return { strong: all.filter((strength) => strength > 0.5).length, all: all.length }
  }
  const outer = strengths('outer race')
  expect(outer.strong / outer.all).toBeGreaterThan(0.9)
  const inner = strengths('inner race')
  expect(inner.strong / inner.all).toBeLessThan(0.4)
  expect(inner.strong).toBeGreaterThan(0)
})

test('both races together are passed by every ball at every turn', () => {
  assert(
    property(integer({ min: 0, max: 1e6 }), (seed) => {
      const machine = drawMachine(new Random(seed))
      const { balls, shaft } = machine
      expect(faultRate(machine, 'outer race') + faultRate(machine, 'inner race')).toBeCloseTo(
        balls * shaft,
        9,
      )
    }),
  )
})

test('any machine gives a signal within full scale, the same from the same numbers', () => {
  assert(
    property(integer({ min: 0, max: 1e6 }), constantFrom(...STATES), (seed, state) => {
      const machine = drawMachine(new Random(seed))
      const signal = vibration(machine, state, 0.5, RATE, new Random(seed, 1))
      expect(signal).toHaveLength(6000)
      expect(signal.every((value) => Math.abs(value) <= 1)).toBe(true)
      expect(signal.some((value) => value !== 0)).toBe(true)
      expect(vibration(machine, state, 0.5, RATE, new Random(seed, 1))).toEqual(signal)
    }),
    { numRuns: 30 },
  )
})
