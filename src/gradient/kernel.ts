import { decodeBase64 } from '../../worklet/kernel.ts'
import { kernelBase64 } from './kernel/build/bytes.ts'

/** The kernel of learning; addresses are bytes, counts are elements or vectors as `src/gradient/kernel` says. */
export interface GradientKernel {
  readonly memory: WebAssembly.Memory
  heapStart(): number
  clear(target: number, bytes: number): void
  move(target: number, source: number, bytes: number): void
  soundSpectra(
    sounds: number,
    scratch: number,
    stages: number,
    size: number,
    first: number,
    second: number,
  ): void
  tapSpectra(
    taps: number, length: number, left: number, points: number, residues: number, roots: number, stages: number,
    work: number, scratch: number, spectra: number,
  ): void // biome-ignore format: one line of addresses after the other
  tapGradients(
    spectra: number, length: number, left: number, points: number, residues: number, roots: number, stages: number,
    work: number, scratch: number, taps: number,
  ): void // biome-ignore format: one line of addresses after the other
  fold(spectrum: number, response: number, first: number, count: number, slots: number, folded: number): void
  unfold(
    spectrum: number,
    folded: number,
    first: number,
    count: number,
    slots: number,
    products: number,
  ): void
  sumLanes(products: number, count: number, target: number): void
  transformed(data: number, scratch: number, stages: number): number
  energies(outputs: number, count: number, target: number): void
  energiesGradient(outputs: number, gradient: number, count: number, target: number): void
  component(outputs: number, count: number, slope: number, target: number): void
  componentGradient(outputs: number, gradient: number, count: number, slope: number, target: number): void
  pool(energies: number, step: number, frames: number, sets: number, nodes: number, sums: number): void
  poolGradient(
    energies: number, step: number, frames: number, sets: number, nodes: number, outer: number, gradient: number,
    gradientSets: number,
  ): void // biome-ignore format: one line of addresses after the other
  maxPool(values: number, frames: number, ranges: number, sums: number, places: number): void
  maxPoolGradient(outer: number, places: number, frames: number, gradient: number): void
  floorEnergies(values: number, count: number, constants: number): void
  floorGradient(values: number, gradient: number, count: number, constants: number): void
  pcen(energies: number, frames: number, parameters: number, smoothers: number, target: number): void
  pcenGradient(
    energies: number, frames: number, parameters: number, smoothers: number, outer: number, sums: number,
  ): void // biome-ignore format: one line of addresses after the other
}

let compiled: WebAssembly.Module | undefined

/** A kernel with a memory of its own; the code is compiled once per thread. */
export function instantiateGradientKernel(): GradientKernel {
  compiled ??= new WebAssembly.Module(decodeBase64(kernelBase64))
  return new WebAssembly.Instance(compiled).exports as unknown as GradientKernel
}
