import { type Compression, type CompressionDescription, compressions } from '../frontend/index.ts'
import type { CompressionLayer } from './compression-layer.ts'
import type { GradientKernel } from './kernel.ts'

/** Any other compression, sound by sound, by its own float64 functions: they are cheap beside the filters. */
export class PlainLayer implements CompressionLayer {
  readonly #kernel: GradientKernel
  readonly #channels: number
  readonly #frames: number
  readonly #sounds: number
  #compression: CompressionDescription

  constructor(
    kernel: GradientKernel,
    compression: CompressionDescription,
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

  update(compression: CompressionDescription): void {
    this.#compression = compression
  }

  forward(energies: number, target: number): void {
    const family = familyOf(this.#compression)
    for (let sound = 0; sound < this.#sounds; sound++) {
      this.#write(target, sound, family.apply(this.#compression, this.#read(energies, sound), this.#channels))
    }
  }

  backward(energies: number, outer: number): Float64Array[] {
    const family = familyOf(this.#compression)
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

function familyOf({ kind }: CompressionDescription): Compression<CompressionDescription> {
  return compressions[kind] as Compression<CompressionDescription>
}
