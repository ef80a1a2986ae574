import { MemoryLayout } from '../../worklet/index.ts'
import { LeafError } from '../error.ts'
import {
  compressionOf,
  type FrontendDescription,
  filterbankOf,
  type PartName,
  parametersOf,
  partNames,
  poolingOf,
  withParameters,
} from '../frontend/index.ts'
import type { BatchFrontend, BatchParameter } from './batch-frontend.ts'
import type { CompressionLayer } from './compression-layer.ts'
import type { Energies } from './energies.ts'
import { type GradientKernel, instantiateGradientKernel } from './kernel.ts'
import { compressionLayer } from './layers.ts'
import { SpectralEnergies } from './spectral-energies.ts'
import { TimeEnergies } from './time-energies.ts'

interface Parameter extends BatchParameter {
  readonly steps: Float64Array
}

interface Areas {
  readonly quads: number
  readonly energies: number
  readonly features: number
  readonly constants: readonly number[]
  readonly layer: CompressionLayer
}

/**
 * A frontend on batches of whole sounds, forward and backward: what the streaming engine computes for a clip, four
 * clips in the lanes of a vector, and the gradient of every parameter that learns. No gradient flows into the sounds.
 */
export class LearnableFrontend implements BatchFrontend {
  /** What learns; the objects and their arrays stay the same. */
  readonly parameters: readonly Parameter[]
  readonly channels: number
  /** Frames of every sound. */
  readonly frames: number
  readonly #kernel: GradientKernel = instantiateGradientKernel()
  readonly #energies: Energies
  readonly #parts: readonly PartName[]
  #frontend: FrontendDescription
  /** What has become of the parameters since the last `forward`. */
  #moved: 'not' | 'on' | 'anew' = 'not'
  #areas: Areas | null = null
  #sounds = 0

  /**
   * @param samples of the longest sound of a batch; shorter ones are followed by silence.
   * @param learn all that can be learned, the compression alone, so that filterbank and pooling stay as they are, or
   * nothing.
   * @throws LeafError `description` for samples without filters
   */
  constructor(
    frontend: FrontendDescription,
    samples: number,
    learn: 'all' | 'compression' | 'nothing' = 'all',
  ) {
    this.#frontend = frontend
    this.#parts = { all: partNames, compression: ['compression'] as const, nothing: [] }[learn]
    this.channels = frontend.channels
    const family = filterbankOf(frontend.filterbank)
    if (family.domain === 'samples')
      throw new LeafError(
        'description',
        'A frontend of samples has nothing that could be learned.',
        'Compute it with FixedFrontend.',
      )
    this.#energies =
      family.domain === 'frequency'
        ? new SpectralEnergies(this.#kernel, family, frontend, samples)
        : new TimeEnergies(this.#kernel, frontend, samples)
    this.frames = this.#energies.frames
    this.parameters = learnables(frontend, this.#parts)
  }

  /** The frontend with the present values. */
  describe(): FrontendDescription {
    return this.#frontend
  }

  /**
   * Takes the parameters' values as they are now, moved onto their bounds. Filters and windows are sampled by the next
   * `forward`, so that replicas do it at the same time.
   *
   * @param anew for values that are no step on from those of before: the rounding of what follows then depends on
   * these values alone, so that a training goes on from a checkpoint to the same bits.
   * @throws LeafError `description` naming a value that is not a number.
   */
  update(anew = false): void {
    const valuesOf = (part: PartName) =>
      this.parameters.filter((some) => some.part === part).map(({ values }) => values)
    this.#frontend = withParameters(this.#frontend, valuesOf, this.#parts)
    // Steps follow the values; the arrays stay, since an optimiser holds them.
    for (const [i, { values, steps }] of learnables(this.#frontend, this.#parts).entries()) {
      this.parameters[i].values.set(values)
      this.parameters[i].steps.set(steps)
    }
    if (this.#moved !== 'anew') this.#moved = anew ? 'anew' : 'on'
  }

  /** @returns features, [sounds][frames][channels]. */
  forward(sounds: readonly Float32Array[]): Float32Array {
    this.#follow()
    const quads = 2 * Math.ceil(sounds.length / 8)
    if (this.#areas?.quads !== quads) this.#areas = this.#place(quads)
    const { energies, features, constants, layer } = this.#areas
    this.#sounds = sounds.length
    this.#energies.forward(sounds, energies)
    this.#eachRow(quads, (row, n) => this.#kernel.floorEnergies(energies + row, this.frames, constants[n]))
    layer.forward(energies, features)
    return this.#unpacked(features)
  }

  /**
   * @param gradient ∂L/∂features of the last `forward`, in its shape.
   * @returns ∂L/∂parameters, one array per entry of `parameters`.
   */
  backward(gradient: Float32Array): Float64Array[] {
    if (!this.#areas || gradient.length !== this.#sounds * this.frames * this.channels) {
      throw new LeafError(
        'training',
        `The gradient has ${gradient.length} values, the features ${this.#sounds * this.frames * this.channels}.`,
        'Call backward after forward, with the gradient of its result.',
      )
    }
    const { quads, energies, features, constants, layer } = this.#areas
    this.#pack(gradient, features, quads)
    const compression = layer.backward(energies, features)
    if (!this.#energiesLearn) return compression
    this.#eachRow(quads, (row, n) =>
      this.#kernel.floorGradient(energies + row, features + row, this.frames, constants[n]),
    )
    this.#energies.backward(features)
    const { filterbank, pooling } = this.#energies.gradients(this.#energySums(features, quads))
    return [...filterbank, ...pooling, ...compression]
  }

  get #energiesLearn(): boolean {
    return this.#parts.includes('filterbank')
  }

  /** Makes the present values count. */
  #follow(): void {
    const moved = this.#moved
    if (moved === 'not') return
    this.#moved = 'not'
    if (this.#energiesLearn && this.#energies.update(this.#frontend, moved === 'anew')) this.#areas = null
    this.#areas?.layer.update(this.#frontend.compression)
    if (this.#areas) this.#writeConstants(this.#areas)
  }

  #place(quads: number): Areas {
    const layout = new MemoryLayout(this.#kernel, this.#kernel.heapStart())
    const floats = quads * this.channels * this.frames * 4
    const areas = {
      quads,
      energies: layout.reserve(floats),
      features: layout.reserve(floats),
      constants: Array.from({ length: this.channels }, () => layout.reserve(2)),
      layer: compressionLayer(
        this.#kernel, this.#frontend.compression, this.channels, this.frames, quads, layout,
      ), // biome-ignore format: one line of sizes
    }
    this.#energies.place(quads, layout)
    this.#writeConstants(areas)
    return areas
  }

  #writeConstants({ constants }: Areas): void {
    const { pooling, energyFloor, compression } = this.#frontend
    // Where nothing asks for energies from 0 on, 0 is no floor, as in the engine.
    const isFloored = energyFloor > 0 || compressionOf(compression).nonNegative
    const least = isFloored ? energyFloor : Number.NEGATIVE_INFINITY
    const family = poolingOf(pooling)
    const bias = family.method === 'window' ? family.bias?.(pooling) : undefined
    constants.forEach((address, n) => {
      new Float32Array(this.#kernel.memory.buffer, address, 2).set([bias?.[n] ?? 0, least])
    })
  }

  #unpacked(area: number): Float32Array {
    const floats = new Float32Array(this.#kernel.memory.buffer, area)
    const { channels, frames } = this
    const rows = new Float32Array(this.#sounds * frames * channels)
    for (let sound = 0; sound < this.#sounds; sound++) {
      const first = (sound >> 2) * channels * frames * 4 + (sound & 3)
      for (let n = 0; n < channels; n++) {
        for (let i = 0; i < frames; i++) {
          rows[(sound * frames + i) * channels + n] = floats[first + (n * frames + i) * 4]
        }
      }
    }
    return rows
  }

  #pack(rows: Float32Array, area: number, quads: number): void {
    const { channels, frames } = this
    const floats = new Float32Array(this.#kernel.memory.buffer, area, quads * channels * frames * 4)
    floats.fill(0)
    for (let sound = 0; sound < this.#sounds; sound++) {
      const first = (sound >> 2) * channels * frames * 4 + (sound & 3)
      for (let n = 0; n < channels; n++) {
        for (let i = 0; i < frames; i++) {
          floats[first + (n * frames + i) * 4] = rows[(sound * frames + i) * channels + n]
        }
      }
    }
  }

  #energySums(area: number, quads: number): Float64Array {
    const sums = new Float64Array(this.channels)
    this.#eachRow(quads, (row, n) => {
      const floats = new Float32Array(this.#kernel.memory.buffer, area + row, this.frames * 4)
      for (const value of floats) sums[n] += value
    })
    return sums
  }

  #eachRow(quads: number, use: (row: number, channel: number) => void): void {
    for (let quad = 0; quad < quads; quad++) {
      for (let n = 0; n < this.channels; n++) use((quad * this.channels + n) * this.frames * 16, n)
    }
  }
}

function learnables(frontend: FrontendDescription, parts: readonly PartName[]): Parameter[] {
  return parts.flatMap((part) =>
    parametersOf(frontend, part).map(({ values, steps, ...rest }) => ({
      ...rest,
      part,
      values: Float64Array.from(values),
      steps: Float64Array.from(steps),
    })),
  )
}
