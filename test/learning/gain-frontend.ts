import { preset } from '../../src/frontend/index.ts'
import type { BatchFrontend } from '../../src/gradient/index.ts'

const HOP = 16

/**
 * The least frontend that learns: a frame is `channels` samples of the sound, each times a gain (a filterbank's
 * parameter) plus a shift (a compression's). Gains stay between 0.5 and 2.
 */
export class GainFrontend implements BatchFrontend {
  readonly parameters
  readonly channels = HOP
  readonly frames: number
  /** What `backward` was given last. */
  received: Float32Array = new Float32Array(0)
  #features = new Float32Array(0)

  constructor(frames: number) {
    this.frames = frames
    const values = (value: number) => new Float64Array(HOP).fill(value)
    const steps = Array.from({ length: HOP }, (_, i) => 0.5 + i / HOP)
    this.parameters = [
      { part: 'filterbank' as const, name: 'gain', values: values(1), steps },
      { part: 'compression' as const, name: 'shift', values: values(0), steps },
    ]
  }

  forward(sounds: readonly Float32Array[]): Float32Array {
    const [gain, shift] = this.parameters.map(({ values }) => values)
    const length = this.frames * HOP
    this.#features = new Float32Array(sounds.length * length)
    sounds.forEach((sound, i) => {
      sound.forEach((x, j) => {
        this.#features[i * length + j] = x * gain[j % HOP] + shift[j % HOP]
      })
    })
    return this.#features
  }

  backward(gradient: Float32Array): Float64Array[] {
    this.received = gradient
    const [gain, shift] = this.parameters.map(({ values }) => values)
    const [gains, shifts] = [new Float64Array(HOP), new Float64Array(HOP)]
    gradient.forEach((value, i) => {
      gains[i % HOP] += (value * (this.#features[i] - shift[i % HOP])) / gain[i % HOP]
      shifts[i % HOP] += value
    })
    return [gains, shifts]
  }

  update(): void {
    const [gain] = this.parameters
    gain.values.forEach((value, i) => {
      gain.values[i] = Math.min(2, Math.max(0.5, value))
    })
  }

  describe() {
    return preset('mel-log')
  }
}
