import { proxy, type Remote, releaseProxy, wrap } from 'comlink'
import type { ProcessorOptions } from '../../worklet/control/index.ts'
import { unpack } from '../answer.ts'
import type { FrontendDescription } from '../frontend/index.ts'
import { Lifeline } from '../lifeline.ts'
import { loadPart } from '../load-part.ts'
import { startWorker } from '../worker-script.ts'
import { inSlices } from './in-slices.ts'
import type { PlanWorker } from './plan-worker.ts'

/** How a frontend is compiled. */
export interface CompileOptions {
  /** Told the share compiled, 0 to 1: most frontends take some tens of milliseconds, long windows some seconds. */
  onProgress?: (share: number) => void
  /** Gives up compiling. */
  signal?: AbortSignal
}

/** Milliseconds without a word after which a worker counts as one that cannot be had. */
const SILENCE_MS = 20_000

/** The worker gives no answer: its file is not there, the page's policy does not allow it, or it died. */
class NoWorker extends Error {}

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
  signal?.throwIfAborted()
  try {
    return await inWorker(frontend, contextRate, onProgress, signal)
  } catch (error) {
    if (!(error instanceof NoWorker)) throw error
    const { compileSteps } = await loadPart(() => import('./compile-steps.ts'))
    return inSlices(compileSteps(frontend, contextRate, onProgress), signal)
  }
}

async function inWorker(
  frontend: FrontendDescription,
  contextRate: number,
  onProgress: CompileOptions['onProgress'],
  signal: AbortSignal | undefined,
): Promise<ProcessorOptions> {
  const worker = startPlanWorker()
  const remote: Remote<PlanWorker> = wrap<PlanWorker>(worker)
  const life = new Lifeline()
  const abort = () => life.end(signal?.reason)
  let silence: ReturnType<typeof setTimeout> | undefined
  const expect = () => {
    clearTimeout(silence)
    silence = setTimeout(() => life.end(new NoWorker()), SILENCE_MS)
  }
  worker.onerror = (event) => {
    event.preventDefault()
    life.end(new NoWorker(event.message))
  }
  signal?.addEventListener('abort', abort)
  expect()
  const progress = proxy((share: number) => {
    expect()
    if (!life.reason) onProgress?.(share)
  })
  try {
    return unpack(await life.answer(() => remote.compile(frontend, contextRate, progress)))
  } finally {
    clearTimeout(silence)
    signal?.removeEventListener('abort', abort)
    remote[releaseProxy]()
    worker.terminate()
  }
}

function startPlanWorker(): Worker {
  try {
    const start = () => new Worker(new URL('./plan-worker.ts', import.meta.url), { type: 'module' })
    return startWorker(undefined, start).worker
  } catch (cause) {
    throw new NoWorker('', { cause })
  }
}
