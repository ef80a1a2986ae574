import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LeafError } from '../../src/error.ts'
import { preset, presetNames } from '../../src/frontend/index.ts'
import { mostNodes, requireSolvable } from '../../src/plan/compile-cost.ts'
import { compilePlan, planSteps, requireRealTime, stepCount } from '../../src/plan/index.ts'
import { leastLoad, planLoad } from '../../src/plan/load.ts'
import { presetOf } from '../frontend/filtered.ts'
import { heavyGabor, longGammatone, sized } from './long-frontends.ts'

const refusal = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    expect(error).toBeInstanceOf(LeafError)
    expect((error as LeafError).code).toBe('description')
    return (error as LeafError).sentence
  }
  return 'none'
}

test('a frontend that would take minutes to compile is refused before anything is computed', () => {
  const steps = planSteps(longGammatone)
  expect(refusal(() => steps.next())).toMatch(/^This frontend has 251 frames .* at least \d+ s to compile\.$/)
  expect(refusal(() => compilePlan(longGammatone))).toContain('to compile')
})

test('weights that take too much memory are refused, with the megabytes', () => {
  const geometry = {
    sampleRate: 48000, windowLength: 9001, hop: 100, channels: 300, poolingLeft: 4500, partialFrames: true,
  }; // biome-ignore format: compact on purpose
  expect(refusal(() => requireSolvable(geometry, new Array(300).fill(1)))).toBe(
    'This frontend has 46 frames whose windows the beginning of a sound cuts: their weights take at least 497 MB of memory.',
  )
  expect(refusal(() => requireSolvable(geometry, new Array(70).fill(1)))).toBe('none')
})

test('what a second of sound takes at least is told before compiling, and is no more than what it takes', () => {
  for (const name of presetNames) {
    const frontend = preset(name)
    const least = leastLoad(frontend)
    const load = planLoad(compilePlan(frontend))
    expect(least).toBeLessThanOrEqual(load)
    expect(refusal(() => requireRealTime(frontend))).toBe('none')
  }
  expect(refusal(() => requireRealTime(heavyGabor))).toMatch(
    /^This frontend cannot run live: a second of sound takes at least \d+(\.\d+)? s of one core to compute\.$/,
  )
})

test('a step for each filter’s stride and weights: as many as are told', () => {
  for (const name of presetNames) {
    const steps = planSteps(presetOf(name, 5))
    let count = 0
    while (!steps.next().done) count++
    expect(count).toBe(stepCount(presetOf(name, 5)))
  }
})

test('no system of a legal frontend takes more multiply-adds than a compiler may', {
  timeout: 60_000,
}, () => {
  const sizes = fc.record({
    filterbank: fc.constantFrom('gabor', 'gammatone', 'sinc'),
    sampleRate: fc.constantFrom(8000, 16000, 44100),
    windowMs: fc.integer({ min: 10, max: 80 }),
    hopMs: fc.integer({ min: 2, max: 10 }),
    channels: fc.integer({ min: 1, max: 4 }),
  } as const)
  fc.assert(
    fc.property(sizes, (drawn) => {
      const { analysis, channels } = compilePlan(sized(drawn))
      if (analysis.kind !== 'subbands') throw new Error('filters pooled by windows are sampled')
      for (const { stride, nodes, complex } of analysis.groups)
        if (stride > 1 && !complex) expect(nodes).toBeLessThanOrEqual(mostNodes(channels))
    }),
    { seed: 16, numRuns: 5 },
  )
})
