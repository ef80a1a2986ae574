import { nextTask } from '../next-task.ts'
import type { Steps } from '../plan/index.ts'

/** Milliseconds of work after which a thread is left to others: half of a repaint. */
const SLICE_MS = 8

/**
 * Does the steps in slices between which the thread is free: a page goes on answering.
 * @throws the signal's reason where it was given up
 */
export async function inSlices<Result>(steps: Steps<Result>, signal?: AbortSignal): Promise<Result> {
  for (;;) {
    signal?.throwIfAborted()
    const began = performance.now()
    do {
      const { done, value } = steps.next()
      if (done) return value
    } while (performance.now() - began < SLICE_MS)
    await breath()
  }
}

/** Lets waiting events and repaints come first. */
function breath(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: { yield?(): Promise<void> } }
  if (scheduler?.yield) return scheduler.yield()
  return nextTask()
}
