import { type Endpoint, expose, transfer } from 'comlink'
import type { RecorderControl, RecorderOptions } from './control/index.ts'
import { MonoMix } from './mono-mix.ts'
import { RecordingRing } from './recording-ring.ts'

/** Remembers the last seconds of its input, as the frontend hears it: the mean of the channels. */
export class RecorderProcessor extends AudioWorkletProcessor {
  #ring: RecordingRing | null
  readonly #mono = new MonoMix()

  constructor({ processorOptions }: { processorOptions: RecorderOptions }) {
    super()
    const ring = new RecordingRing(processorOptions.samples)
    this.#ring = ring
    const control: RecorderControl = {
      ready() {},
      extent: () => ({ start: ring.start, end: ring.end }),
      read(from, to) {
        const samples = ring.read(from, to)
        return transfer(samples, [samples.buffer])
      },
      dispose: () => {
        this.#ring = null
      },
    }
    expose(control, this.port as Endpoint)
  }

  /** Audio thread. False, which lets the browser free the node, once it is disposed of. */
  process(inputs: Float32Array[][]): boolean {
    if (this.#ring === null) return false
    this.#ring.write(this.#mono.mix(inputs[0]), currentFrame)
    return true
  }
}
