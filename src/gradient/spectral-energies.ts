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

/** Frames whose products are summed at once: one at a time takes three times as long. */
const TOGETHER = 4

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
  /** Spectra of the last batch, [sounds][places][bins], where the weights learn; frames that are not there are silent. */
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

  /** Places for the frames of a sound. */
  get #places(): number {
    return Math.ceil(this.frames / TOGETHER) * TOGETHER
  }

  place(quads: number, _layout: MemoryLayout): void {
    if (this.#learns) this.#spectra = new Float32Array(quads * 4 * this.#places * this.#bins)
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
        if (this.#learns) this.#spectra.set(spectrum, (i * this.#places + frame) * this.#bins)
      }
    })
  }

  backward(outer: number): void {
    if (!this.#learns) return
    const { channels } = this.#geometry
    const { frames } = this
    const { rows } = this.#plan
    const bins = this.#bins
    const gradients = new Float32Array(this.#kernel.memory.buffer, outer)
    this.#weightGradients = Array.from({ length: channels }, () => new Float64Array(bins))
    const ofFrames = new Float64Array(this.#places)
    for (let i = 0; i < this.#sounds; i++) {
      const first = (i >> 2) * channels * frames * 4 + (i & 3)
      this.#weightGradients.forEach((weights, n) => {
        const end = Math.min(rows[n * 2] + rows[n * 2 + 1], bins)
        for (let frame = 0; frame < frames; frame++)
          ofFrames[frame] = gradients[first + (n * frames + frame) * 4]
        for (let frame = 0; frame < frames; frame += TOGETHER) {
          const powers = (i * this.#places + frame) * bins
          addProducts(weights, rows[n * 2], end, this.#spectra, powers, bins, ofFrames, frame)
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

/** weights[bin] += Σ gradient · power over four frames from `frame` on, of bins from `first` to before `end`. */
function addProducts(
  weights: Float64Array,
  first: number,
  end: number,
  spectra: Float32Array,
  start: number,
  bins: number,
  gradients: Float64Array,
  frame: number,
): void {
  const a = gradients[frame]
  const b = gradients[frame + 1]
  const c = gradients[frame + 2]
  const d = gradients[frame + 3]
  for (let bin = first, at = start + first; bin < end; bin++, at++) {
    weights[bin] +=
      a * spectra[at] + b * spectra[at + bins] + c * spectra[at + 2 * bins] + d * spectra[at + 3 * bins]
  }
}
