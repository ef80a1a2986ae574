import { expect, test } from 'vitest'
import { chooseBackend } from '../../src/inference/backend.ts'
import { cpu } from '../../src/inference/cpu.ts'
import { wasm } from '../../src/inference/wasm.ts'
import { tinyModel, tinyScores } from '../model/tiny-model.ts'

test('a backend that does not start is passed over for the next one, and both are reported', async () => {
  const missing = '/nowhere/simd.wasm'
  const model = tinyModel()
  const classifier = await chooseBackend(model, [wasm(missing), cpu])
  expect(classifier.attempts).toEqual([
    {
      backend: 'wasm',
      accepted: false,
      reason:
        'it did not start, the console says more; its binary is looked for at /nowhere/simd.wasm: serve it there, or pass its folder as wasmPath',
    },
    { backend: 'cpu', accepted: true, reason: 'its scores for the probe are right' },
  ])
  const scores = await classifier.infer(model.probe.input, 2)
  const expected = tinyScores(model, model.probe.input)
  scores.forEach((score, i) => {
    expect(score).toBeCloseTo(expected[i], 5)
  })
})
