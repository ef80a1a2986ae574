import { createRecorder, type Recorder } from '../../src/audio/index.ts'
import type { Desk } from '../desk/index.ts'
import { resample } from './sounds.ts'

/** A recording of what sounds at the desk, from its start to `end()`. */
export class Take {
  readonly #desk: Desk
  readonly #recorder: Recorder
  readonly #start: number

  private constructor(desk: Desk, recorder: Recorder) {
    this.#desk = desk
    this.#recorder = recorder
    this.#start = desk.context.currentTime
    desk.output.connect(recorder.input)
  }

  /** @param longest seconds of which the last are kept @throws LeafError of the recorder */
  static async start(desk: Desk, longest: number): Promise<Take> {
    return new Take(desk, await createRecorder(desk.context, { seconds: longest }))
  }

  get seconds(): number {
    return this.#desk.context.currentTime - this.#start
  }

  /** @returns mono, at that sample rate */
  async end(sampleRate: number): Promise<Float32Array> {
    const recording = await this.#recorder.take()
    this.#desk.output.disconnect(this.#recorder.input)
    this.#recorder.dispose()
    return resample(recording.samples, recording.sampleRate, sampleRate)
  }
}
