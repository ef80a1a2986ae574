import { type Remote, releaseProxy, wrap } from 'comlink'
import { type Answer, unpack } from '../answer.ts'
import { LeafError } from '../error.ts'
import { Lifeline } from '../lifeline.ts'
import { startWorker } from '../worker-script.ts'
import type { PlanWorker } from './plan-worker.ts'

/** Milliseconds without a word after which a worker counts as one that cannot be had. */
const SILENCE_MS = 20_000
/** For so long a worker waits for the next question: its start is most of what a short one takes. Chosen. */
const IDLE_MS = 10_000

/** The worker gives no answer: its file is not there, the page's policy does not allow it, or it died. */
export class NoWorker extends Error {}

interface Started {
  readonly worker: Worker
  readonly remote: Remote<PlanWorker>
}

/** The one that waits. */
let idle: (Started & { readonly timer: ReturnType<typeof setTimeout> }) | null = null

/** Starts a plan worker that is going to be asked, unless one waits. Main thread. */
export function warmPlanWorker(): void {
  if (idle) return
  try {
    rest(start())
  } catch {
    // Who asks one finds out.
  }
}

/**
 * Asks a plan worker. Main thread.
 *
 * @param ask is given the worker, and what to call whenever there is a word of it
 * @throws NoWorker; what the worker answers; the signal's reason
 */
export async function inPlanWorker<Value>(
  ask: (worker: Remote<PlanWorker>, heard: () => void) => Promise<Answer<Value>>,
  signal?: AbortSignal,
): Promise<Value> {
  signal?.throwIfAborted()
  const started = takeIdle() ?? start()
  const life = new Lifeline()
  const abort = () => life.end(signal?.reason)
  let silence: ReturnType<typeof setTimeout> | undefined
  const expect = () => {
    clearTimeout(silence)
    silence = setTimeout(() => life.end(new NoWorker()), SILENCE_MS)
  }
  started.worker.onerror = (event) => {
    event.preventDefault()
    life.end(new NoWorker(event.message))
  }
  signal?.addEventListener('abort', abort)
  expect()
  let isFree = false
  try {
    const value = unpack(await life.answer(() => ask(started.remote, expect)))
    isFree = true
    return value
  } catch (error) {
    isFree = error instanceof LeafError
    throw error
  } finally {
    clearTimeout(silence)
    signal?.removeEventListener('abort', abort)
    if (isFree && !life.reason) rest(started)
    else end(started)
  }
}

function start(): Started {
  try {
    const make = () => new Worker(new URL('./plan-worker.ts', import.meta.url), { type: 'module' })
    const { worker } = startWorker(undefined, make)
    return { worker, remote: wrap<PlanWorker>(worker) }
  } catch (cause) {
    throw new NoWorker('', { cause })
  }
}

function takeIdle(): Started | null {
  const taken = idle
  if (taken) clearTimeout(taken.timer)
  idle = null
  return taken
}

/** Lets it wait for the next question; where one waits already it ends. */
function rest(started: Started): void {
  if (idle) {
    end(started)
    return
  }
  const drop = () => {
    if (idle?.worker === started.worker) takeIdle()
    end(started)
  }
  started.worker.onerror = (event) => {
    event.preventDefault()
    drop()
  }
  idle = { ...started, timer: setTimeout(drop, IDLE_MS) }
}

function end({ worker, remote }: Started): void {
  remote[releaseProxy]()
  worker.terminate()
}
