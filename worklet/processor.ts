import { type Endpoint, expose } from 'comlink'
import { type ProcessorControl, type ProcessorOptions, processorName, recorderName } from './control/index.ts'
import { Pipeline } from './pipeline.ts'
import { RecorderProcessor } from './recorder-processor.ts'

/** The shell around the pipeline: blocks in, frames out through its outlets, control over the node's port. */
class LeafProcessor extends AudioWorkletProcessor {
  #pipeline: Pipeline | null = null

  constructor({ processorOptions }: { processorOptions: ProcessorOptions }) {
    super()
    const { plan, resampler } = processorOptions
    let failure: unknown
    try {
      this.#pipeline = new Pipeline(plan, resampler, sampleRate)
    } catch (error) {
      // Thrown from here it would reach the page without its message.
      failure = error
    }
    const pipeline = (): Pipeline => {
      if (this.#pipeline === null) throw failure
      return this.#pipeline
    }
    const control: ProcessorControl = {
      ready: () => void pipeline(),
      open: (end) => pipeline().open(end),
      swap: (next, rates) => pipeline().swap(next, rates),
      measure: () => pipeline().measure(),
      dispose: () => {
        this.#pipeline?.close()
        this.#pipeline = null
      },
    }
    expose(control, this.port as Endpoint)
  }

  /** Audio thread. False, which lets the browser free the node, once it is disposed of. */
  process(inputs: Float32Array[][]): boolean {
    if (this.#pipeline === null) return false
    this.#pipeline.process(inputs[0], currentFrame)
    return true
  }
}

registerProcessor(processorName, LeafProcessor)
registerProcessor(recorderName, RecorderProcessor)
