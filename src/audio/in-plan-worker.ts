import { type Remote, releaseProxy, wrap } from 'comlink'
import { type Answer, unpack } from '../answer.ts'
import { Lifeline } from '../lifeline.ts'
import { startWorker } from '../worker-script.ts'
import type { PlanWorker } from './plan-worker.ts'

/** Milliseconds without a word after which a worker counts as one that cannot be had. */
const SILENCE_MS = 20_000

/** The worker gives no answer: its file is not there, the page's policy does not allow it, or it died. */
export class NoWorker extends Error {}

/**
 * Asks a plan worker, which ends with its answer. Main thread.
 *
 * @param ask is given the worker, and what to call whenever there is a word of it
 * @throws NoWorker; what the worker answers; the signal's reason
 */
export async function inPlanWorker<Value>(
  ask: (worker: Remote<PlanWorker>, heard: () => void) => Promise<Answer<Value>>,
  signal?: AbortSignal,
): Promise<Value> {
  signal?.throwIfAborted()
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
  try {
    return unpack(await life.answer(() => ask(remote, expect)))
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
