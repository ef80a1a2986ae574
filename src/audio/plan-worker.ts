// The module worker that reads models and compiles plans: what takes long does so away from the page.
import { expose, transfer } from 'comlink'
import type { ProcessorOptions } from '../../worklet/control/index.ts'
import { type Answer, answer } from '../answer.ts'
import type { FrontendDescription } from '../frontend/index.ts'
import { type Model, readModel } from '../model/index.ts'
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

const worker: PlanWorker = {
  async compile(frontend, contextRate, onProgress) {
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
    return moved(await answer(() => readModel(bytes)))
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
