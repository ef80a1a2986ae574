import { afterEach, describe, expect, it, vi } from 'vitest'
import { LoadMeter } from '../../worklet/load-meter.ts'

const blockMs = 128 / 48

describe('the load of the audio thread', () => {
  let now = 0
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => Math.floor(now))
  afterEach(() => {
    now = 0
  })

  /** Blocks that come a little irregularly, as from any real clock. */
  function run(meter: LoadMeter, load: number, blocks: number): void {
    let state = 1
    for (let block = 0; block < blocks; block++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      now = block * blockMs + state / 2 ** 32
      meter.begin()
      now += load * blockMs
      meter.end(128)
    }
  }

  it.each([0.01, 0.05, 0.5, 1.5])('is right by a clock of whole milliseconds: %f', (load) => {
    const meter = new LoadMeter(48000)
    run(meter, load, 100_000)
    expect(meter.load / load).toBeGreaterThan(0.7)
    expect(meter.load / load).toBeLessThan(1.3)
  })

  it('is right from the first seconds on, and forgets', () => {
    const meter = new LoadMeter(48000)
    expect(meter.load).toBe(0)
    run(meter, 0.5, 1500)
    expect(meter.load).toBeCloseTo(0.5, 1)
    run(meter, 0, 200_000)
    expect(meter.load).toBeLessThan(0.001)
  })

  it('asks the clock rarely, since its answer takes memory', () => {
    clock.mockClear()
    run(new LoadMeter(48000), 0.5, 1100)
    expect(clock).toHaveBeenCalledTimes(200)
  })

  it('takes a clock that was set back as no time', () => {
    const meter = new LoadMeter(48000)
    for (let block = 0; block < 100; block++) {
      meter.begin()
      now -= 3_600_000
      meter.end(128)
    }
    expect(meter.load).toBe(0)
  })
})
