import { describe, expect, it } from 'vitest'
import { cos, exp, log, pow, sin } from '../../src/frontend/elementary.ts'

const between = (low: number, high: number): number[] =>
  Array.from({ length: 20_001 }, (_, i) => low + ((high - low) * i) / 20_000)

/** Math's own functions are within an ulp or two of the truth, so a few ulps apart is all that can be asked. */
const near = (value: number, truth: number, scale = Math.abs(truth)): void => {
  if (Math.abs(value - truth) > 6e-16 * scale + 1e-320) expect(value).toBe(truth)
}

describe('elementary functions of + - × ÷', () => {
  it('sin and cos, over many turns', () => {
    for (const limit of [1, 10, 1000, 100_000])
      for (const angle of between(-limit, limit)) {
        near(sin(angle), Math.sin(angle), 1)
        near(cos(angle), Math.cos(angle), 1)
      }
    for (const angle of between(1e-8, 0.7)) near(sin(angle), Math.sin(angle))
  })

  it('exp, from the smallest normal number to the largest', () => {
    for (const x of [...between(-700, 700), ...between(-2, 2), 0]) near(exp(x), Math.exp(x))
    expect(exp(-1000)).toBe(0)
    expect(exp(1000)).toBe(Number.POSITIVE_INFINITY)
    expect(exp(0)).toBe(1)
  })

  it('log, far from one and near it', () => {
    for (const x of between(-300, 300)) near(log(10 ** x), Math.log(10 ** x))
    for (const x of between(0.5, 2)) near(log(x), Math.log(x))
    expect(log(1)).toBe(0)
  })

  it('pow of the sizes a compression has', () => {
    for (const x of between(0.01, 100))
      for (const y of [0.1, 0.5, 1, 3.7]) near(pow(x, y), x ** y, 8 * x ** y)
  })
})
