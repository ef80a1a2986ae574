import { expect, it } from 'vitest'
import { inSlices } from '../../src/audio/in-slices.ts'
import { preset, presetNames } from '../../src/frontend/index.ts'
import { compilePlan, planSteps, type Steps } from '../../src/plan/index.ts'

it.each(presetNames)('%s compiled in slices is the plan that is compiled at once', async (name) => {
  expect(await inSlices(planSteps(preset(name)))).toEqual(compilePlan(preset(name)))
})

/** Each step takes 3 ms. */
function* slowly(steps: number): Steps<number> {
  for (let step = 0; step < steps; step++) {
    const begin = performance.now()
    while (performance.now() - begin < 3);
    yield
  }
  return steps
}

it('leaves the thread to others between slices', async () => {
  let others = 0
  let going = true
  const counting = (async () => {
    while (going) {
      await new Promise((resolve) => setImmediate(resolve))
      others++
    }
  })()
  expect(await inSlices(slowly(12))).toBe(12)
  going = false
  await counting
  expect(others).toBeGreaterThan(2)
})

it('passes on what a step throws', async () => {
  function* broken(): Steps<never> {
    yield
    throw new Error('broken')
  }
  await expect(inSlices(broken())).rejects.toThrow('broken')
})
