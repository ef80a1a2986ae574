import { Engine } from '../../worklet/index.ts'
import type { FrontendDescription } from '../frontend/index.ts'
import { compilePlan, designResampler } from '../plan/index.ts'

// A decoder may hand out minutes at once; what follows works through them in pieces.
const LARGEST_PUSH = 65536

/** Mono sound that comes in blocks. */
export interface Sound {
  /** Hz */
  sampleRate: number
  blocks: AsyncIterable<Float32Array>
}

/**
 * Runs sound through the engine of the live page.
 *
 * @param emit called for every frame in order: its index, the time of its centre in seconds, and its values, which are
 *   valid during the call only
 * @returns an iteration that takes at most 65536 samples at a time, and ends after the last frame
 */
export async function* streamFrames(
  frontend: FrontendDescription,
  { sampleRate, blocks }: Sound,
  emit: (index: number, time: number, values: Float32Array) => void,
): AsyncGenerator<void> {
  const plan = compilePlan(frontend)
  const engine = new Engine(plan, designResampler(sampleRate, plan.sampleRate))
  const timed = (index: number, values: Float32Array) =>
    emit(index, (plan.frameCenter + index * plan.hop) / plan.sampleRate, values)
  for await (const block of blocks) {
    for (let at = 0; at < block.length; at += LARGEST_PUSH) {
      engine.push(block.subarray(at, at + LARGEST_PUSH), timed)
      yield
    }
  }
  engine.finish(timed)
  yield
}
