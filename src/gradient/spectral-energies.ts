import { instantiateKernel, MelAnalysis, MemoryLayout } from '../../worklet/index.ts'
import {
  type Filterbank,
  type FrontendDescription,
  frameCount,
  type Geometry,
  geometryOf,
  type SpectralFamily,
} from '../frontend/index.ts'
import { type MelPlan, melPlan } from '../plan/index.ts'
import type { Energies } from './energies.ts'
import type { GradientKernel } from './kernel.ts'

/**
 * Energies E = W · P of filters over a spectrum (mel), computed as the engine does, by its kernel; and the gradient of
 * their weights, ∂L/∂W = Σ ∂L/∂E · P over frames and sounds, where the family has any to learn.
 */
export class SpectralEnergies implements Energies {
  readonly frames: number
  readonly #kernel: GradientKernel
  readonly #family: SpectralFamily<Filterbank>
  readonly #geometry: Geometry
  readonly #samples: number
  readonly #plan: MelPlan
  readonly #engineKernel = instantiateKernel()
  readonly #analysis: MelAnalysis
  /** Address of a sound in the engine's kernel, silence behind it. */
  readonly #sound: number
  readonly #learns: boolean
  #filterbank: Filterbank
  /** Spectra of the last batch, [sounds][frames][bins], where the weights learn. */
  #spectra = new Float32Array(0)
  #sounds = 0
  #weightGradients: Float64Array[] = []

  /** @param samples of the longest sound. */
  constructor(
    kernel: GradientKernel,
    family: SpectralFamily<Filterbank>,
    frontend: FrontendDescription,
    samples: number,
  ) {
    this.#kernel = kernel
    this.#family = family
    this.#filterbank = frontend.filterbank
    this.#geometry = geometryOf(frontend)
    this.#samples = samples
    this.frames = frameCount(this.#geometry, samples)
    this.#learns = family.parameters(frontend.filterbank, this.#geometry).length > 0
    this.#plan = melPlan(family, frontend, this.#geometry)
    const layout = new MemoryLayout(this.#engineKernel, this.#engineKernel.heapStart())
    this.#analysis = new MelAnalysis(this.#engineKernel, this.#geometry, this.#plan, layout)
    // The last frame begins with the last sample at the latest, and windows are read in whole vectors.
    this.#sound = layout.reserve(samples + this.#plan.window.length)
  }

  get #bins(): number {
    return this.#plan.spectrum.size / 2 + 1
  }

  place(quads: number, _layout: MemoryLayout): void {
    if (this.#learns) this.#spectra = new Float32Array(quads * 4 * this.frames * this.#bins)
  }

  update(frontend: FrontendDescription): boolean {
    this.#filterbank = frontend.filterbank
    if (this.#learns) this.#analysis.setWeights(melPlan(this.#family, frontend, this.#geometry).weights)
    return false
  }

  forward(sounds: readonly Float32Array[], target: number): void {
    const { channels, hop, windowLength } = this.#geometry
    const { buffer } = this.#engineKernel.memory
    const computed = new Float32Array(buffer, this.#analysis.energies[0], channels)
    const spectrum = new Float64Array(buffer, this.#analysis.spectrum, this.#bins)
    const energies = new Float32Array(this.#kernel.memory.buffer, target)
    this.#sounds = sounds.length
    sounds.forEach((sound, i) => {
      this.#take(sound)
      const first = (i >> 2) * channels * this.frames * 4 + (i & 3)
      for (let frame = 0; frame < this.frames; frame++) {
        this.#analysis.compute(frame, this.#sound + (frame * hop + windowLength - 1) * 4)
        for (let n = 0; n < channels; n++) energies[first + (n * this.frames + frame) * 4] = computed[n]
        if (this.#learns) this.#spectra.set(spectrum, (i * this.frames + frame) * this.#bins)
      }
    })
  }

  backward(outer: number): void {
    if (!this.#learns) return
    const { channels } = this.#geometry
    const { rows } = this.#plan
    const spectra = this.#spectra
    const gradients = new Float32Array(this.#kernel.memory.buffer, outer)
    this.#weightGradients = Array.from({ length: channels }, () => new Float64Array(this.#bins))
    for (let i = 0; i < this.#sounds; i++) {
      const first = (i >> 2) * channels * this.frames * 4 + (i & 3)
      this.#weightGradients.forEach((weights, n) => {
        const lowest = rows[n * 2]
        const end = Math.min(lowest + rows[n * 2 + 1], this.#bins)
        for (let frame = 0; frame < this.frames; frame++) {
          const gradient = gradients[first + (n * this.frames + frame) * 4]
          const powers = (i * this.frames + frame) * this.#bins
          for (let bin = lowest; bin < end; bin++) weights[bin] += gradient * spectra[powers + bin]
        }
      })
    }
  }

  gradients(): { filterbank: Float64Array[]; pooling: Float64Array[] } {
    const filterbank = this.#family.gradient(this.#filterbank, this.#weightGradients, this.#geometry)
    return { filterbank, pooling: [] }
  }

  /** Puts a sound into the engine's memory, without what cannot be sound, as the engine does. */
  #take(sound: Float32Array): void {
    const memory = new Float32Array(this.#engineKernel.memory.buffer, this.#sound, this.#samples)
    memory.fill(0)
    memory.set(sound.subarray(0, this.#samples))
    this.#engineKernel.clean(this.#sound, this.#sound, this.#samples, 1)
  }
}
