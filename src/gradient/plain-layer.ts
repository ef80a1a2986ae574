import { type Compression, compress, compressionOf } from '../frontend/index.ts'
import type { CompressionLayer } from './compression-layer.ts'
import type { GradientKernel } from './kernel.ts'

/** A compression without code in the kernel, sound by sound, by its own float64 functions. */
export class PlainLayer implements CompressionLayer {
  readonly #kernel: GradientKernel
  readonly #channels: number
  readonly #frames: number
  readonly #sounds: number
  #compression: Compression

  constructor(
    kernel: GradientKernel,
    compression: Compression,
    channels: number,
    frames: number,
    quads: number,
  ) {
    this.#kernel = kernel
    this.#compression = compression
    this.#channels = channels
    this.#frames = frames
    this.#sounds = quads * 4
  }

  update(compression: Compression): void {
    this.#compression = compression
  }

  forward(energies: number, target: number): void {
    for (let sound = 0; sound < this.#sounds; sound++) {
      this.#write(target, sound, compress(this.#compression, this.#read(energies, sound), this.#channels))
    }
  }

  backward(energies: number, outer: number): Float64Array[] {
    const family = compressionOf(this.#compression)
    let sums: Float64Array[] = []
    for (let sound = 0; sound < this.#sounds; sound++) {
      const gradient = family.gradient(
        this.#compression,
        this.#read(energies, sound),
        this.#read(outer, sound),
        this.#channels,
      )
      this.#write(outer, sound, gradient.energies)
      if (sound === 0) sums = gradient.parameters
      else sums.forEach((sum, p) => sum.forEach((_, i) => (sum[i] += gradient.parameters[p][i])))
    }
    return sums
  }

  /** One sound's rows as frames × channels. */
  #read(area: number, sound: number): Float64Array {
    const floats = new Float32Array(this.#kernel.memory.buffer, area)
    const values = new Float64Array(this.#frames * this.#channels)
    this.#eachPlace(sound, (place, i) => (values[i] = floats[place]))
    return values
  }

  #write(area: number, sound: number, values: Float64Array): void {
    const floats = new Float32Array(this.#kernel.memory.buffer, area)
    this.#eachPlace(sound, (place, i) => (floats[place] = values[i]))
  }

  #eachPlace(sound: number, use: (place: number, index: number) => void): void {
    const first = (sound >> 2) * this.#channels * this.#frames * 4 + (sound & 3)
    for (let frame = 0; frame < this.#frames; frame++) {
      for (let n = 0; n < this.#channels; n++) {
        use(first + (n * this.#frames + frame) * 4, frame * this.#channels + n)
      }
    }
  }
}
