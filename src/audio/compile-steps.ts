import type { ProcessorOptions } from '../../worklet/control/index.ts'
import type { FrontendDescription } from '../frontend/index.ts'
import {
  designResampler,
  planSteps,
  requireRealTime,
  requireRealTimePlan,
  type Steps,
  stepCount,
} from '../plan/index.ts'

/** Shares that are told: more often would only cost. */
const TOLD = 1 / 100

/**
 * Compiles what the audio thread needs.
 *
 * @param contextRate of the audio thread, Hz
 * @param onProgress told the share done, 0 to 1
 * @throws LeafError `description` for a frontend that cannot run live or takes too long to compile
 */
export function* compileSteps(
  frontend: FrontendDescription,
  contextRate: number,
  onProgress?: (share: number) => void,
): Steps<ProcessorOptions> {
  requireRealTime(frontend)
  const resampler = designResampler(contextRate, frontend.sampleRate)
  const steps = planSteps(frontend)
  const count = stepCount(frontend)
  let told = 0
  for (let done = 0; ; done++) {
    const { done: isLast, value } = steps.next()
    const share = isLast ? 1 : Math.min(1, done / count)
    if (isLast || share >= told + TOLD) {
      told = share
      onProgress?.(share)
    }
    if (isLast) {
      requireRealTimePlan(value)
      return { plan: value, resampler }
    }
    yield
  }
}
