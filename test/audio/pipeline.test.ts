import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFrameChannel, openFrames } from '../../src/frame-channel/index.ts'
import { preset } from '../../src/frontend/index.ts'
import { compilePlan, designResampler } from '../../src/plan/index.ts'
import { Pipeline } from '../../worklet/pipeline.ts'

const sampleRate = 48000
const plan = compilePlan(preset('leaf'))
const resampler = designResampler(sampleRate, plan.sampleRate)
const block = Float32Array.from({ length: 128 }, (_, i) => Math.sin(i * 0.3) / 2)

describe('the pipeline of the audio thread', () => {
  beforeEach(() => vi.stubGlobal('crossOriginIsolated', true))
  afterEach(() => vi.unstubAllGlobals())

  function open(capacity: number) {
    const pipeline = new Pipeline(plan, resampler, sampleRate)
    const { outlet, inlet } = createFrameChannel(plan.channels, capacity)
    pipeline.open(outlet)
    return { pipeline, reader: openFrames(inlet) }
  }

  it('keeps to the clock of a context that began long ago', () => {
    const { pipeline, reader } = open(100)
    const begin = 123 * sampleRate
    for (let i = 0; i < 100; i++) pipeline.process([block], begin + i * 128)
    const times: number[] = []
    reader.drain((_, time) => times.push(time))
    expect(times.length).toBeGreaterThan(20)
    expect(times[0]).toBeCloseTo(123 + plan.frameCenter / plan.sampleRate, 9)
    expect(times[10] - times[0]).toBeCloseTo(0.1, 9)
    expect(pipeline.measure().skippedSamples).toBe(0)
  })

  it('stays on the clock, and counts, when the browser leaves blocks out', () => {
    const { pipeline, reader } = open(100)
    for (let i = 0; i < 75; i++) pipeline.process([block], i * 128)
    for (let i = 75; i < 150; i++) pipeline.process([block], i * 128 + sampleRate)
    const frames: { index: number; time: number }[] = []
    reader.drain((index, time) => frames.push({ index, time }))
    expect(frames.map(({ index }) => index)).toEqual(frames.map((_, place) => place))
    const { index, time } = frames[frames.length - 1]
    expect(time).toBeCloseTo(1 + (plan.frameCenter + index * plan.hop) / plan.sampleRate, 9)
    expect(pipeline.measure().skippedSamples).toBe(sampleRate)
  })

  it('hears silence where nothing is connected', () => {
    const { pipeline, reader } = open(100)
    for (let i = 0; i < 150; i++) pipeline.process(i < 75 ? [block] : [], i * 128)
    expect(reader.drain(() => {})).toBeGreaterThan(35)
    expect(pipeline.measure()).toMatchObject({ skippedSamples: 0, badSamples: 0 })
  })

  it('tells how loud the sound is, how often it clips, and how long a frame takes', () => {
    const { pipeline, reader } = open(100)
    expect(pipeline.measure()).toMatchObject({ level: -120, peak: -120, clipped: 0, frameLatency: null })
    const loud = Float32Array.from(block, (sample) => 4 * sample)
    let latency = 0
    for (let i = 0; i < 400; i++) {
      pipeline.process([loud, block], i * 128)
      const times: number[] = []
      reader.drain((_, time) => times.push(time))
      if (times.length > 0) latency = ((i + 1) * 128) / sampleRate - times[0]
    }
    const { level, peak, clipped, frameLatency } = pipeline.measure()
    expect(peak).toBeCloseTo(20 * Math.log10(1.25), 1)
    expect(level).toBeCloseTo(20 * Math.log10(1.25 / Math.SQRT2), 0)
    expect(clipped).toBe(400 * loud.filter((sample) => Math.abs(sample) >= 32767 / 32768).length)
    expect(latency).toBeGreaterThan(0.0125)
    expect(frameLatency).toBeCloseTo(latency, 9)
  })

  it('goes on without a reader that closed, and keeps its counts', () => {
    const { pipeline, reader } = open(10)
    for (let i = 0; i < 100; i++) pipeline.process([block], i * 128)
    reader.close()
    for (let i = 100; i < 200; i++) pipeline.process([block], i * 128)
    const { frames, offered, sent, dropped, waiting } = pipeline.measure()
    expect(frames).toBeGreaterThan(offered)
    expect(offered).toBeGreaterThan(20)
    expect({ sent, dropped, waiting }).toEqual({ sent: 0, dropped: offered, waiting: 0 })
  })

  it('allocates nothing per block, whether the reader is in time or late', () => {
    setFlagsFromString('--expose-gc')
    const collectGarbage = runInNewContext('gc') as () => void
    const { pipeline, reader } = open(20)
    const { outlet } = createFrameChannel(plan.channels, 20)
    pipeline.open(outlet)
    const onFrame = (): void => {}
    const stereo = [block, block.slice()]
    let frame = 0
    const run = (blocks: number): void => {
      for (const end = frame + blocks * 128; frame < end; frame += 128) {
        pipeline.process(stereo, frame)
        if (frame % 16384 === 0) reader.drain(onFrame)
      }
    }
    // Long enough for the compilers to be done, before and after: code still interpreted boxes every number.
    run(150_000)
    collectGarbage()
    run(50_000)
    const before = process.memoryUsage().heapUsed
    run(50_000)
    const bytesPerBlock = (process.memoryUsage().heapUsed - before) / 50_000
    // The smallest object has 16 bytes: the clock's answers in every eleventh block, the reader's numbers per frame.
    expect(bytesPerBlock).toBeLessThan(16)
  })
})
