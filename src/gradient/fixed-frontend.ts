import { Engine } from '../../worklet/index.ts'
import { type FrontendDescription, frameCount, geometryOf } from '../frontend/index.ts'
import { compilePlan } from '../plan/index.ts'
import type { BatchFrontend } from './batch-frontend.ts'

/** A frontend that stays as it is, on batches of whole clips: the engine's values, and nothing to learn. */
export class FixedFrontend implements BatchFrontend {
  readonly parameters = []
  readonly channels: number
  readonly frames: number
  readonly #description: FrontendDescription
  readonly #engine: Engine
  readonly #samples: number

  /** @param samples length of the longest sound of a batch; shorter ones are followed by silence */
  constructor(description: FrontendDescription, samples: number) {
    this.#description = description
    this.#engine = new Engine(compilePlan(description), null)
    this.#samples = samples
    this.channels = description.channels
    this.frames = frameCount(geometryOf(description), samples)
  }

  forward(sounds: readonly Float32Array[]): Float32Array<ArrayBuffer> {
    const length = this.frames * this.channels
    const features = new Float32Array(sounds.length * length)
    for (const [i, sound] of sounds.entries()) {
      features.set(this.#engine.clip(this.#filledUp(sound)).values, i * length)
    }
    return features
  }

  backward(): Float64Array[] {
    return []
  }

  update(): void {}

  describe(): FrontendDescription {
    return this.#description
  }

  #filledUp(sound: Float32Array): Float32Array {
    if (sound.length === this.#samples) return sound
    const whole = new Float32Array(this.#samples)
    whole.set(sound)
    return whole
  }
}
