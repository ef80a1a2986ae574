import { PerformanceObserver } from 'node:perf_hooks'
import v8 from 'node:v8'
import vm from 'node:vm'
import { expect, test } from 'vitest'
import { type PresetName, preset } from '../../src/frontend/index.ts'
import { compilePlan, designResampler } from '../../src/plan/index.ts'
import { Engine, type FrameSink } from '../../worklet/engine.ts'
import { seeded } from './signals.ts'

// A process of its own, in which nothing else allocates (.config/vitest.config.ts), and in which V8 compiles what is hot
// where it is met, not in a thread that may be done with it only when the heap is measured.
v8.setFlagsFromString('--no-concurrent-recompilation')
v8.setFlagsFromString('--expose-gc')
const collectGarbage = vm.runInNewContext('gc') as () => void

const ways: PresetName[] = ['leaf', 'mel-pcen', 'sincnet', 'sincnet-plus', 'samples']

test.each(ways)('a million blocks do not move the heap: %s', { timeout: 120_000 }, async (name) => {
  const engine = new Engine(compilePlan(preset(name)), designResampler(48000, 16000))
  const block = new Float32Array(8)
  const random = seeded(9)
  for (let i = 0; i < block.length; i++) block[i] = random() - 0.5
  let frames = 0
  const count: FrameSink = () => {
    frames++
  }
  const run = (blocks: number) => {
    for (let i = 0; i < blocks; i++) engine.push(block, count)
  }
  const grow = () =>
    Array.from({ length: 4 }, () => {
      const before = process.memoryUsage().heapUsed
      run(250_000)
      return process.memoryUsage().heapUsed - before
    })
  // Long enough for V8 to have compiled what it ever will, the measuring as well: that counts, too.
  run(500_000)
  grow()
  collectGarbage()
  const collections: number[] = []
  const observer = new PerformanceObserver((list) => {
    collections.push(...list.getEntries().map(({ startTime }) => startTime))
  })
  observer.observe({ entryTypes: ['gc'] })
  // V8 compiles again what a collection threw away.
  run(250_000)
  const began = performance.now()
  const grown = grow()
  const ended = performance.now()
  await new Promise((resolve) => setTimeout(resolve, 50))
  observer.disconnect()
  expect(frames).toBeGreaterThan(18_000)
  // Garbage counts too, as nothing was collected meanwhile: 16 bytes a frame would be 300 kB. V8 may have compiled one
  // thing more in the first of the engines, some 40 kB.
  expect(collections.filter((time) => time > began && time < ended)).toEqual([])
  expect(grown.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(100_000)
  expect(Math.min(...grown)).toBeLessThan(10_000)
})
