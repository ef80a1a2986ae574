import { loadPart } from '../load-part.ts'
import type { Model } from '../model/index.ts'
import { inPlanWorker, NoWorker, warmPlanWorker } from './in-plan-worker.ts'

/** A model is going to be read: what reads it starts while the file arrives. Main thread. */
export function expectModel(): void {
  warmPlanWorker()
}

/**
 * `readModel` away from the page, since a file may have 64 MB. Where no worker can be had it is read here. Main thread.
 *
 * @param bytes the whole file; not kept, and still the caller's
 * @throws LeafError `model-file` naming the field that is wrong, `library-load`; the signal's reason
 */
export async function readModelInWorker(bytes: Uint8Array, signal?: AbortSignal): Promise<Model> {
  try {
    return await inPlanWorker((worker) => worker.readModel(bytes), signal)
  } catch (error) {
    if (!(error instanceof NoWorker)) throw error
    const { readModel } = await loadPart(() => import('../model/index.ts'))
    return readModel(bytes)
  }
}
