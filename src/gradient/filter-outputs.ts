import { type MemoryLayout, placeStages } from '../../worklet/index.ts'
import type { ImpulseResponses } from '../frontend/index.ts'
import { cos, sin } from '../frontend/index.ts'
import { fourierStages } from '../plan/index.ts'
import type { ClipGrid } from './grid.ts'
import type { GradientKernel } from './kernel.ts'

/** Bytes of an element: a complex number for each of four sounds, or of four filters. */
const ELEMENT = 32

/** How a filter is to be computed. */
export interface FilterSampling {
  /** Samples between its outputs. */
  readonly stride: number
  /** Bins that count, as shares of the circle. */
  readonly lowest: number
  readonly width: number
}

interface Filter {
  readonly points: number
  readonly stages: number
  /** Whether a transform of this many stages ends in its scratch area. */
  readonly swaps: boolean
  readonly firstBin: number
  readonly bins: number
  readonly outputs: number
  readonly products: number
}

/**
 * Complex filters applied to whole sounds, four at a time, and the gradient of their taps: the sounds' spectra times
 * the filters', folded to as many bins as outputs are wanted. A pair of real filters is a complex one.
 */
export class FilterOutputs {
  readonly #kernel: GradientKernel
  readonly #grid: ClipGrid
  readonly #taps: number
  readonly #quads: number
  readonly #filters: readonly Filter[]
  readonly #sounds: number
  readonly #work: number
  readonly #stages: number
  readonly #soundSpectra: number
  readonly #filterSpectra: number
  readonly #sums: number
  readonly #tapElements: number
  readonly #tapWork: number
  readonly #tapStages: number
  readonly #roots: number

  /** @param quads groups of four sounds, an even number. */
  constructor(
    kernel: GradientKernel,
    grid: ClipGrid,
    taps: number,
    samplings: readonly FilterSampling[],
    quads: number,
    layout: MemoryLayout,
  ) {
    const { size, tapPoints } = grid
    this.#kernel = kernel
    this.#grid = grid
    this.#taps = taps
    this.#quads = quads
    const stagesOf = new Map<number, { stages: number; swaps: boolean }>()
    const placed = (points: number) => {
      const known = stagesOf.get(points)
      if (known) return known
      const stages = stagesOfPoints(points)
      const entry = { stages: placeStages(stages, layout), swaps: (stages.shape.length / 3) % 2 === 1 }
      stagesOf.set(points, entry)
      return entry
    }
    this.#stages = placed(size).stages
    this.#tapStages = placed(tapPoints).stages
    this.#roots = layout.place(rootsOfSize(size))
    this.#sounds = layout.reserve(size * 8)
    this.#work = layout.reserve(size * 8)
    this.#soundSpectra = layout.reserve(quads * size * 8)
    this.#filterSpectra = layout.reserve(Math.ceil(samplings.length / 4) * size * 8)
    this.#sums = layout.reserve(size * 8)
    this.#tapElements = layout.reserve(taps * 8)
    this.#tapWork = layout.reserve(tapPoints * 16)
    this.#filters = samplings.map(({ stride, lowest, width }) => {
      const points = size / stride
      const bins = Math.min(size, Math.ceil(width * size))
      return {
        points,
        ...placed(points),
        firstBin: Math.floor(lowest * size) % size,
        bins,
        outputs: layout.reserve(quads * points * 8),
        products: layout.reserve(bins * 8),
      }
    })
  }

  /** @param filters real and imaginary taps of each filter, a correlation's. */
  setFilters({ real, imaginary }: ImpulseResponses): void {
    const { size, left, tapPoints } = this.#grid
    for (let first = 0; first < this.#filters.length; first += 4) {
      const elements = new Float32Array(this.#kernel.memory.buffer, this.#tapElements, this.#taps * 8)
      elements.fill(0)
      for (let lane = 0; lane < Math.min(4, this.#filters.length - first); lane++) {
        for (let j = 0; j < this.#taps; j++) {
          elements[j * 8 + lane] = real[first + lane][j]
          elements[j * 8 + 4 + lane] = imaginary[first + lane][j]
        }
      }
      this.#kernel.tapSpectra(
        this.#tapElements,
        this.#taps,
        left,
        tapPoints,
        size / tapPoints,
        this.#roots,
        this.#tapStages,
        this.#tapWork,
        this.#tapWork + tapPoints * ELEMENT,
        this.#filterSpectra + (first / 4) * size * ELEMENT,
      )
    }
  }

  /** Takes the sounds of a batch, at most four a quad; clears the gradient collected. */
  setSounds(sounds: readonly Float32Array[]): void {
    const { size, samples } = this.#grid
    for (let quad = 0; quad < this.#quads; quad += 2) {
      const elements = new Float32Array(this.#kernel.memory.buffer, this.#sounds, size * 8)
      elements.fill(0)
      for (let lane = 0; lane < 8; lane++) {
        const sound = sounds[quad * 4 + lane]
        if (!sound) continue
        const length = Math.min(samples, sound.length)
        for (let t = 0; t < length; t++) elements[t * 8 + lane] = sound[t]
      }
      this.#kernel.soundSpectra(
        this.#sounds,
        this.#work,
        this.#stages,
        size,
        this.#spectrumOf(quad),
        this.#spectrumOf(quad + 1),
      )
    }
    for (const { products, bins } of this.#filters) this.#kernel.clear(products, bins * ELEMENT)
  }

  /** Outputs of a filter for four sounds. @returns their address, `points` elements, kept until the next sounds. */
  compute(index: number, quad: number): number {
    const filter = this.#filters[index]
    const outputs = filter.outputs + quad * filter.points * ELEMENT
    // The stages take turns between two areas; start where they will end in `outputs`.
    const data = filter.swaps ? this.#work : outputs
    this.#kernel.clear(data, filter.points * ELEMENT)
    const response = this.#filterSpectra + (index >> 2) * this.#grid.size * ELEMENT + (index & 3) * 4
    for (const [first, count] of this.#stretches(filter)) {
      this.#kernel.fold(this.#spectrumOf(quad), response, first, count, filter.points, data)
    }
    this.#kernel.transformed(data, filter.swaps ? outputs : this.#work, filter.stages)
    return outputs
  }

  /** The outputs of `compute`. */
  outputs(index: number, quad: number): number {
    const { outputs, points } = this.#filters[index]
    return outputs + quad * points * ELEMENT
  }

  /** @param gradient conjugate of ∂L/∂outputs, `points` elements, overwritten. */
  collect(index: number, quad: number, gradient: number): void {
    const filter = this.#filters[index]
    const folded = this.#kernel.transformed(gradient, this.#work, filter.stages)
    let products = filter.products
    for (const [first, count] of this.#stretches(filter)) {
      this.#kernel.unfold(this.#spectrumOf(quad), folded, first, count, filter.points, products)
      products += count * ELEMENT
    }
  }

  /** ∂L/∂taps from all that was collected since the sounds were set. */
  tapGradients(): ImpulseResponses {
    const { size, left, tapPoints } = this.#grid
    const real: Float64Array[] = []
    const imaginary: Float64Array[] = []
    for (let first = 0; first < this.#filters.length; first += 4) {
      const group = this.#filters.slice(first, first + 4)
      this.#kernel.clear(this.#sums, size * ELEMENT)
      group.forEach((filter, lane) => {
        let { products } = filter
        for (const [bin, count] of this.#stretches(filter)) {
          this.#kernel.sumLanes(products, count, this.#sums + bin * ELEMENT + lane * 4)
          products += count * ELEMENT
        }
      })
      this.#kernel.tapGradients(
        this.#sums,
        this.#taps,
        left,
        tapPoints,
        size / tapPoints,
        this.#roots,
        this.#tapStages,
        this.#tapWork,
        this.#tapWork + tapPoints * ELEMENT,
        this.#tapElements,
      )
      const elements = new Float32Array(this.#kernel.memory.buffer, this.#tapElements, this.#taps * 8)
      for (let lane = 0; lane < group.length; lane++) {
        real.push(Float64Array.from({ length: this.#taps }, (_, j) => elements[j * 8 + lane]))
        imaginary.push(Float64Array.from({ length: this.#taps }, (_, j) => -elements[j * 8 + 4 + lane]))
      }
    }
    return { real, imaginary }
  }

  #spectrumOf(quad: number): number {
    return this.#soundSpectra + quad * this.#grid.size * ELEMENT
  }

  /** The filter's bins as stretches that do not wrap around. */
  #stretches({ firstBin, bins }: Filter): [number, number][] {
    const { size } = this.#grid
    const before = Math.min(bins, size - firstBin)
    return before < bins
      ? [
          [firstBin, before],
          [0, bins - before],
        ]
      : [[firstBin, bins]]
  }
}

/** Cosine and sine of 2π i / size. */
const rootsOfSize = remembered((size: number): Float32Array => {
  const table = new Float32Array(size * 2)
  for (let i = 0; i < size; i++) {
    table[i * 2] = cos((2 * Math.PI * i) / size)
    table[i * 2 + 1] = sin((2 * Math.PI * i) / size)
  }
  return table
})

const stagesOfPoints = remembered((points: number) => fourierStages(points, 1))

/** Tables are asked for again and again, whenever filters change their strides. */
function remembered<Table>(make: (size: number) => Table): (size: number) => Table {
  const tables = new Map<number, Table>()
  return (size) => {
    const table = tables.get(size) ?? make(size)
    tables.set(size, table)
    return table
  }
}
