import { Engine, type MemoryLayout } from '../../worklet/index.ts'
import { type FrontendDescription, frameCount, type Geometry, geometryOf } from '../frontend/index.ts'
import { compilePlan } from '../plan/index.ts'
import type { Energies } from './energies.ts'
import type { GradientKernel } from './kernel.ts'

/** Energies of filters over a power spectrum (mel), which do not learn: the streaming engine computes them. */
export class MelEnergies implements Energies {
  readonly frames: number
  readonly #kernel: GradientKernel
  readonly #geometry: Geometry
  readonly #samples: number
  readonly #engine: Engine

  /** @param samples of the longest sound. */
  constructor(kernel: GradientKernel, frontend: FrontendDescription, samples: number) {
    this.#kernel = kernel
    this.#geometry = geometryOf(frontend)
    this.#samples = samples
    this.frames = frameCount(this.#geometry, samples)
    const plan = compilePlan({ ...frontend, energyFloor: 0, compression: { kind: 'none' } })
    this.#engine = new Engine(plan, null)
  }

  place(_quads: number, _layout: MemoryLayout): void {}

  update(): boolean {
    return false
  }

  forward(sounds: readonly Float32Array[], target: number): void {
    const { channels } = this.#geometry
    const padded = new Float32Array(this.#samples)
    sounds.forEach((sound, i) => {
      padded.fill(0)
      padded.set(sound.subarray(0, this.#samples))
      const { values } = this.#engine.clip(padded)
      const energies = new Float32Array(this.#kernel.memory.buffer, target)
      const first = (i >> 2) * channels * this.frames * 4 + (i & 3)
      for (let frame = 0; frame < this.frames; frame++) {
        for (let n = 0; n < channels; n++) {
          energies[first + (n * this.frames + frame) * 4] = values[frame * channels + n]
        }
      }
    })
  }

  backward(): void {}

  gradients(): { filterbank: Float64Array[]; pooling: Float64Array[] } {
    return { filterbank: [], pooling: [] }
  }
}
