import { proxy } from 'comlink'
import type { ProcessorOptions } from '../../worklet/control/index.ts'
import type { FrontendDescription } from '../frontend/index.ts'
import type { OptionNames } from '../known-options.ts'
import { loadPart } from '../load-part.ts'
import { inPlanWorker, NoWorker } from './in-plan-worker.ts'
import { inSlices } from './in-slices.ts'

/** How a frontend is compiled. */
export interface CompileOptions {
  /** Told the share compiled, 0 to 1: most frontends take some tens of milliseconds, long windows some seconds. */
  onProgress?: (share: number) => void
  /** Gives up compiling. */
  signal?: AbortSignal
}

/** Their names. */
export const COMPILE_OPTIONS: OptionNames<CompileOptions> = { onProgress: true, signal: true }

/**
 * Compiles a checked description for the audio thread, in a worker; where none can be had, here in slices of
 * milliseconds. Main thread.
 *
 * @throws LeafError `description` for a frontend that cannot run live or takes too long to compile, `library-load`; the
 *   signal's reason
 */
export async function compileFrontend(
  frontend: FrontendDescription,
  contextRate: number,
  { onProgress, signal }: CompileOptions = {},
): Promise<ProcessorOptions> {
  let isOver = false
  const compiled = inPlanWorker((worker, heard) => {
    const progress = proxy((share: number) => {
      if (isOver) return
      heard()
      onProgress?.(share)
    })
    return worker.compile(frontend, contextRate, progress)
  }, signal).finally(() => {
    isOver = true
  })
  try {
    return await compiled
  } catch (error) {
    if (!(error instanceof NoWorker)) throw error
    const { compileSteps } = await loadPart(() => import('./compile-steps.ts'))
    return inSlices(compileSteps(frontend, contextRate, onProgress), signal)
  }
}
