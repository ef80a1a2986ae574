import { compileFrontend } from '../../src/audio/index.ts'
import type { FrontendDescription } from '../../src/frontend/index.ts'
import { liveAnalysis, StreamEngine } from '../../worklet/index.ts'

/** Hz, what most sound cards run at. */
const SAMPLE_RATE = 48000
/** A stretch takes a few milliseconds at most, so that the page goes on between them. */
const FRAMES_PER_STRETCH = 10
/** Runs before the first that counts: the browser compiles code better once it has run for a while. */
const WARMING = 20
const STRETCHES = 40

const known = new WeakMap<FrontendDescription, Promise<number>>()
let queue: Promise<unknown> = Promise.resolve()

/**
 * How long one frame takes on this machine, in microseconds: the audio thread's own engine on noise at 48 kHz, here
 * on the main thread, in short stretches, one frontend at a time. The median, which what else the machine does
 * hardly moves. Measured once for a description.
 */
export function measureCost(frontend: FrontendDescription): Promise<number> {
  const cost = known.get(frontend) ?? queue.then(() => measure(frontend))
  known.set(frontend, cost)
  queue = cost.catch(() => known.delete(frontend))
  return cost
}

async function measure(frontend: FrontendDescription): Promise<number> {
  const { plan, resampler } = await compileFrontend(frontend, SAMPLE_RATE)
  const engine = new StreamEngine(plan, resampler, liveAnalysis)
  const length = Math.round((SAMPLE_RATE * frontend.hopMs * FRAMES_PER_STRETCH) / 1000)
  const noise = Float32Array.from({ length }, () => Math.random() * 0.2 - 0.1)
  const times: number[] = []
  for (let stretch = 0; stretch < WARMING + STRETCHES; stretch++) {
    await pause()
    const begun = performance.now()
    engine.push(noise, () => {})
    if (stretch >= WARMING) times.push(performance.now() - begun)
  }
  const median = times.sort((a, b) => a - b)[STRETCHES >> 1]
  return (median * 1000) / FRAMES_PER_STRETCH
}

const pause = () => new Promise((resolve) => setTimeout(resolve))
