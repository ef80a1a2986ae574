import { instantiateKernel, MemoryLayout } from '../../worklet/index.ts'
import { type FrontendDescription, frameCount, type Geometry, geometryOf } from '../frontend/index.ts'
import type { Energies } from './energies.ts'
import type { GradientKernel } from './kernel.ts'

/** Samples as they are, hop by hop: nothing to learn. */
export class SampleEnergies implements Energies {
  readonly frames: number
  readonly #kernel: GradientKernel
  readonly #geometry: Geometry
  readonly #engineKernel = instantiateKernel()
  /** The frames of a sound, silence behind it. */
  readonly #sound: Float32Array

  /** @param samples of the longest sound. */
  constructor(kernel: GradientKernel, frontend: FrontendDescription, samples: number) {
    this.#kernel = kernel
    this.#geometry = geometryOf(frontend)
    this.frames = frameCount(this.#geometry, samples)
    const layout = new MemoryLayout(this.#engineKernel, this.#engineKernel.heapStart())
    const length = this.frames * this.#geometry.hop
    this.#sound = new Float32Array(this.#engineKernel.memory.buffer, layout.reserve(length), length)
  }

  place(): void {}

  update(): boolean {
    return false
  }

  forward(sounds: readonly Float32Array[], target: number): void {
    const { hop } = this.#geometry
    const { frames } = this
    const energies = new Float32Array(this.#kernel.memory.buffer, target)
    sounds.forEach((sound, i) => {
      this.#take(sound)
      const first = (i >> 2) * hop * frames * 4 + (i & 3)
      this.#sound.forEach((sample, t) => {
        const frame = Math.floor(t / hop)
        energies[first + ((t - frame * hop) * frames + frame) * 4] = sample
      })
    })
  }

  backward(): void {}

  gradients(): { filterbank: Float64Array[]; pooling: Float64Array[] } {
    return { filterbank: [], pooling: [] }
  }

  /** Without what cannot be sound, as the engine does. */
  #take(sound: Float32Array): void {
    this.#sound.fill(0)
    this.#sound.set(sound.subarray(0, this.#sound.length))
    const { byteOffset, length } = this.#sound
    this.#engineKernel.clean(byteOffset, byteOffset, length, 1)
  }
}
