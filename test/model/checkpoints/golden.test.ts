import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type FrontendDescription, reference } from '../../../src/frontend/index.ts'
import { exportFrontend, importFrontend, readFrontend, writeFrontend } from '../../../src/model/index.ts'
import { compilePlan } from '../../../src/plan/index.ts'
import { Engine } from '../../../worklet/engine.ts'
import expected from '../../golden/checkpoints/expected.json' with { type: 'json' }
import official from '../../golden/official.json' with { type: 'json' }
import { goldenSignal } from '../../golden/signal.ts'

const FOLDER = join(import.meta.dirname, '../../golden/checkpoints')
const golden = (file: string) => readFileSync(join(FOLDER, file))

interface Run {
  frames: number
  mean: number
  at: Record<string, number[]>
}

/** What each library computed from its own file, by the number of samples; and the layout that the file is in. */
const cases: [string, { layout: string; prefix: string; runs: Record<string, Run> }][] = [
  ['leaf-pytorch', { layout: 'leaf-pytorch', prefix: 'features.' }],
  ['leaf-pytorch-64-dataparallel', { layout: 'leaf-pytorch', prefix: 'module.features.' }],
  ['speechbrain', { layout: 'speechbrain', prefix: '' }],
  ['efficientleaf', { layout: 'efficientleaf', prefix: '_frontend.' }],
  ['denfed', { layout: 'denfed', prefix: '' }],
].map(([name, place]) => {
  const { file, runs } = expected[name as keyof typeof expected]
  return [file, { ...(place as { layout: string; prefix: string }), runs }]
})
const leaf = official.cases['leaf-random']
cases.push([
  'tf-leaf.npz',
  {
    layout: 'tensorflow',
    prefix: '',
    runs: { [leaf.samples]: { frames: leaf.frames, mean: leaf.mean, at: leaf.features } },
  },
])

interface Features {
  frames: number
  channels: number
  values: ArrayLike<number>
}

/** The largest difference from what the library computed. */
function largestDifference({ frames, channels, values }: Features, run: Run): number {
  expect(frames).toBe(run.frames)
  const mean = Array.from(values).reduce((sum, value) => sum + value, 0) / values.length
  const differences = Object.entries(run.at).flatMap(([frame, row]) => {
    expect(row.length).toBe(channels)
    return row.map((value, n) => Math.abs(value - values[Number(frame) * channels + n]))
  })
  return Math.max(Math.abs(mean - run.mean), ...differences)
}

function stream(frontend: FrontendDescription, signal: Float64Array): Features {
  const engine = new Engine(compilePlan(frontend), null)
  const rows: number[] = []
  const emit = (_index: number, values: Float32Array) => rows.push(...values)
  const samples = Float32Array.from(signal)
  for (let at = 0; at < samples.length; at += 128) engine.push(samples.subarray(at, at + 128), emit)
  engine.finish(emit)
  return { frames: rows.length / frontend.channels, channels: frontend.channels, values: rows }
}

describe.each(cases)('%s', (file, { layout, prefix, runs }) => {
  const imported = importFrontend(golden(file))

  test('is recognised', () => {
    expect(imported).toMatchObject({ layout, prefix, tensors: { others: 0 } })
  })

  test('gives the same after a file of our own, export and import', () => {
    const own = readFrontend(writeFrontend(imported.frontend))
    expect(own).toEqual(imported.frontend)
    const again = importFrontend(exportFrontend(own, layout).bytes)
    expect(again).toMatchObject({ layout, prefix: '', clipped: [] })
    for (const [samples, run] of Object.entries(runs)) {
      const features = stream(again.frontend, goldenSignal(Number(samples)))
      expect(largestDifference(features, run)).toBeLessThan(1e-4)
    }
  })

  for (const [samples, run] of Object.entries(runs)) {
    const signal = goldenSignal(Number(samples))
    test(`gives what its library computes of ${samples} samples, by the reference and by the engine`, () => {
      expect(largestDifference(reference(imported.frontend, signal), run)).toBeLessThan(1e-4)
      expect(largestDifference(stream(imported.frontend, signal), run)).toBeLessThan(1e-4)
    })
  }
})
