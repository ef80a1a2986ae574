// The module worker that reads models and compiles plans: what takes long does so away from the page.
import { expose, transfer } from 'comlink'
import type { ProcessorOptions } from '../../worklet/control/index.ts'
import { type Answer, answer } from '../answer.ts'
import type { FrontendDescription } from '../frontend/index.ts'
import { type Model, readModel } from '../model/index.ts'
import { nextTask } from '../next-task.ts'
import { compileSteps } from './compile-steps.ts'
import { inSlices } from './in-slices.ts'

/** What the main thread asks of the worker. */
export interface PlanWorker {
  /** @param onProgress told the share done, 0 to 1 */
  compile(
    frontend: FrontendDescription,
    contextRate: number,
    onProgress: (share: number) => void,
  ): Promise<Answer<ProcessorOptions>>

  readModel(bytes: Uint8Array): Promise<Answer<Model>>
}

/** Gives up the rehearsal that is going on. */
let rehearsal = new AbortController()

/**
 * Compiles the frontend of a model that was read and drops the plan: whoever reads a model is likely to hear by it, and
 * code that has run compiles it in a tenth of the time. Whatever is asked meanwhile comes first.
 */
function rehearse(frontend: FrontendDescription): void {
  rehearsal = new AbortController()
  // What is wrong with it is said where it is asked for.
  inSlices(compileSteps(frontend, frontend.sampleRate), rehearsal.signal, nextTask).catch(() => {})
}

const worker: PlanWorker = {
  async compile(frontend, contextRate, onProgress) {
    rehearsal.abort()
    let told: unknown
    const tell = (share: number) => {
      told = onProgress(share)
    }
    const result = await answer(() => inSlices(compileSteps(frontend, contextRate, tell)))
    // Progress has a port of its own, which the answer would overtake.
    await told
    return moved(result)
  },
  async readModel(bytes) {
    rehearsal.abort()
    const result = await answer(() => readModel(bytes))
    if ('value' in result) rehearse(result.value.frontend)
    return moved(result)
  },
}

const moved = <Value extends object>(value: Value): Value => transfer(value, buffersOf(value))

/** The memory of all typed arrays within a value, each once. */
function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) found.add(value.buffer as ArrayBuffer)
  else if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) buffersOf(part, found)
  return [...found]
}

expose(worker)
