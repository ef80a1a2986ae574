import { type FrameCompressor, frameCompressor } from '../src/frontend/index.ts'
import type { CompressionPlan } from '../src/plan/index.ts'
import type { Kernel, MemoryLayout } from './kernel.ts'

/** From a frame's energies to its features. No allocation after construction. */
export class Compressor {
  readonly #kernel: Kernel
  readonly #plan: CompressionPlan
  readonly #vectors: number
  /** Address of scale, floor and the compression's own constant. */
  readonly #constants: number
  readonly #bias: number
  readonly #parameters: number
  readonly #smoother: number
  /** Address of the features of the last frame. */
  readonly output: number
  /** Of a compression without code in the kernel; else null. */
  readonly #frames: FrameCompressor | null
  readonly #channels: number
  readonly #input: number
  #energies!: Float32Array
  #features!: Float32Array
  #first = true

  /** @param scale brings the energies to the scale of samples within ±1. */
  constructor(kernel: Kernel, plan: CompressionPlan, channels: number, scale: number, layout: MemoryLayout) {
    this.#kernel = kernel
    this.#plan = plan
    this.#vectors = Math.ceil(channels / 4)
    this.#constants = layout.place(Float32Array.of(scale, plan.energyFloor, plan.constant))
    this.#bias = layout.place(plan.bias)
    this.#parameters = layout.place(plan.parameters)
    this.#smoother = layout.reserve(this.#vectors * 4)
    this.output = layout.reserve(this.#vectors * 4)
    this.#channels = channels
    this.#frames = plan.program === 'frames' ? frameCompressor(plan.compression, channels) : null
    this.#input = this.#frames ? layout.reserve(channels) : 0
    this.bind()
  }

  /** To be called after the kernel's memory has grown, which ends the views of it. */
  bind(): void {
    if (!this.#frames) return
    const { buffer } = this.#kernel.memory
    this.#energies = new Float32Array(buffer, this.#input, this.#channels)
    this.#features = new Float32Array(buffer, this.output, this.#channels)
  }

  /** @param energies address of a frame's energies, overwritten. The features go to `output`. */
  apply(energies: number): void {
    this.#kernel.floorEnergies(energies, this.#bias, this.#vectors, this.#constants)
    this.#compress(energies)
    this.#first = false
  }

  #compress(energies: number): void {
    const kernel = this.#kernel
    const vectors = this.#vectors
    const constants = this.#constants
    const { program } = this.#plan
    switch (program) {
      case 'pcen':
        kernel.pcen(energies, this.#parameters, this.#smoother, this.#first, vectors, constants, this.output)
        break
      case 'log':
        kernel.logarithm(energies, vectors, constants, this.output)
        break
      case 'root':
        kernel.root(energies, vectors, constants, this.output)
        break
      case 'layer-norm':
        kernel.layerNorm(energies, this.#parameters, vectors, constants, this.output)
        break
      case 'frames':
        kernel.move(this.#input, energies, this.#channels * 4)
        this.#frames!(this.#energies, this.#features, this.#first)
        break
      default:
        // Every compression with code in the kernel is called above.
        program satisfies never
    }
  }

  /** The next frame is the first: the smoother starts at its energies. */
  reset(): void {
    this.#first = true
  }
}
