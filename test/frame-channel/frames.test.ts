import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFrameChannel, type FrameReader, openFrames } from '../../src/frame-channel/index.ts'
import { arraysInFlight, Outlet } from '../../src/frame-channel/writer/index.ts'
import { frameTime, frameValues } from './frame-pattern.ts'

const channels = 5

describe.each(['shared', 'port'] as const)('frames over the %s transport', (kind) => {
  let reader: FrameReader
  let outlet: Outlet

  beforeEach(() => vi.stubGlobal('crossOriginIsolated', kind === 'shared'))
  afterEach(() => {
    reader?.close()
    vi.unstubAllGlobals()
  })

  function open(capacity: number): void {
    const ends = createFrameChannel(channels, capacity)
    expect(ends.inlet.kind).toBe(kind)
    outlet = new Outlet(ends.outlet)
    reader = openFrames(ends.inlet)
  }

  const push = (from: number, to: number): void => {
    for (let index = from; index < to; index++)
      outlet.push(Float64Array.of(index, frameTime(index), ...frameValues(index, channels)))
  }

  it('carries index, time and values bit for bit, in order', async () => {
    open(64)
    push(0, 64)
    expect(await received()).toEqual(range(0, 64))
    expect(outlet).toMatchObject({ offered: 64, sent: 64, dropped: 0 })
  })

  it('goes on after every drain', async () => {
    open(8)
    for (let first = 0; first < 200; first += 5) {
      push(first, first + 5)
      expect(await received()).toEqual(range(first, first + 5))
    }
    expect(outlet).toMatchObject({ offered: 200, sent: 200, dropped: 0 })
  })

  it.each([17, 1000])(
    'drops the oldest of %i for a late reader, keeps the newest 16, and counts',
    async (all) => {
      open(16)
      push(0, all)
      const indices = await received()
      const beyondRecall = kind === 'port' ? Math.min(arraysInFlight, all - 16) : 0
      expect(indices).toEqual([...range(0, beyondRecall), ...range(all - 16, all)])
      expect(outlet.offered).toBe(all)
      expect(outlet.sent).toBe(indices.length)
      expect(outlet.dropped).toBe(all - indices.length)
      push(all, all + 10)
      expect(await received()).toEqual(range(all, all + 10))
    },
  )

  it('accounts for every frame whatever the reader does', async () => {
    const steps = fc.array(fc.record({ frames: fc.nat(40), drain: fc.boolean() }), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), steps, async (capacity, list) => {
        open(capacity)
        const indices: number[] = []
        for (const { frames, drain } of list) {
          push(outlet.offered, outlet.offered + frames)
          if (drain) indices.push(...(await received()))
        }
        indices.push(...(await received()))
        expect(indices).toEqual([...new Set(indices)].sort((a, b) => a - b))
        expect(outlet.sent).toBe(indices.length)
        expect(outlet.sent + outlet.dropped).toBe(outlet.offered)
        const newest = Math.min(
          capacity,
          list.reduce((frames, step) => frames + step.frames, 0),
        )
        const tail = range(outlet.offered - newest, outlet.offered)
        expect(indices.slice(indices.length - newest)).toEqual(tail)
        reader.close()
      }),
      { numRuns: 40 },
    )
  })

  it('wakes the reader once frames have come', async () => {
    open(16)
    const woken = new Promise<void>((resolve) => {
      let frames = 0
      reader.onAvailable = () => {
        frames += reader.drain(() => {})
        if (frames === 3) resolve()
      }
    })
    push(0, 3)
    await woken
  })

  it('wakes a reader that asks only after frames have come', async () => {
    open(16)
    push(0, 2)
    await settled()
    await new Promise<void>((resolve) => {
      reader.onAvailable = resolve
    })
    expect(reader.drain(() => {})).toBe(2)
  })

  it('survives a reader whose callback throws', async () => {
    open(4)
    for (let index = 0; index < 10; index++) {
      push(index, index + 1)
      await settled()
      const broken = () => {
        throw new Error('the reader broke')
      }
      expect(() => reader.drain(broken)).toThrow('the reader broke')
      await settled()
    }
    push(10, 12)
    expect(await received()).toEqual([10, 11])
  })

  it('tells the audio thread when the reader closes, and counts what it left', async () => {
    open(16)
    push(0, 10)
    await settled()
    reader.close()
    await settled()
    expect(outlet.closed).toBe(true)
    push(10, 100)
    outlet.close()
    expect(outlet.sent + outlet.dropped).toBe(100)
  })

  it('reaches another thread while this one is busy', async () => {
    const { outlet: end, inlet } = createFrameChannel(channels, 512)
    outlet = new Outlet(end)
    // Node 20 hands no TypeScript loader on to its workers.
    const script = new URL('./frames-worker.ts', import.meta.url).href
    const worker = new Worker(
      `import('tsx/esm/api').then(({ register }) => { register(); return import('${script}') })`,
      { eval: true },
    )
    const message = () => new Promise<unknown>((resolve) => worker.once('message', resolve))
    expect(await message()).toBe('ready')
    worker.postMessage({ inlet, frames: 20_000 }, inlet.kind === 'port' ? [inlet.port as never] : [])
    let report: { received: number; wrong: number; last: number } | undefined
    worker.once('message', (data) => {
      report = data
    })
    while (!report) {
      if (outlet.offered < 20_000) push(outlet.offered, outlet.offered + 50)
      outlet.flush()
      await settled()
    }
    const { received, wrong, last } = report
    expect(wrong).toBe(0)
    expect(last).toBe(19_999)
    expect(outlet.sent).toBe(received)
    expect(outlet.sent + outlet.dropped).toBe(20_000)
    await worker.terminate()
  })

  /** Indices of every frame that can be had now; checks time and values of each. */
  async function received(): Promise<number[]> {
    const indices: number[] = []
    const onFrame = (index: number, time: number, values: Float64Array): void => {
      expect(time).toBe(frameTime(index))
      expect([...values]).toEqual([...frameValues(index, channels)])
      indices.push(index)
    }
    await settled()
    while (reader.drain(onFrame) > 0) {
      outlet.flush()
      await settled()
    }
    outlet.flush()
    reader.drain(onFrame)
    return indices
  }
})

/** Until every message under way has arrived: those that were sent before one that has, within the same turn of the loop. */
async function settled(): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  await new Promise((resolve) => {
    port1.onmessage = resolve
    port2.postMessage(null)
  })
  port1.close()
  await new Promise((resolve) => setImmediate(resolve))
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

it('goes over a port where an isolated page has no SharedArrayBuffer, as in WebKitGTK', () => {
  vi.stubGlobal('crossOriginIsolated', true)
  vi.stubGlobal('SharedArrayBuffer', undefined)
  const { inlet } = createFrameChannel(channels, 8)
  vi.unstubAllGlobals()
  expect(inlet.kind).toBe('port')
})
