import { decodeBase64 } from '../../../worklet/kernel.ts'
import { kernelBase64 } from './kernel/build/bytes.ts'

/** The kernel of the classifier's training; addresses are bytes, counts are pixels, tiles or panels as `kernel` says. */
export interface NetworkKernel {
  readonly memory: WebAssembly.Memory
  heapStart(): number
  clear(target: number, bytes: number): void
  levelMoments(features: number, frames: number, channels: number, sums: number): void
  levelPatches(
    features: number, frames: number, channels: number, constants: number, target: number, targetLine: number,
  ): void // biome-ignore format: one line of addresses after the other
  levelSums(
    features: number, frames: number, channels: number, constants: number, outer: number, outerLine: number,
    sums: number,
  ): void // biome-ignore format: one line of addresses after the other
  levelGradient(
    features: number, frames: number, channels: number, constants: number, outer: number, outerLine: number,
  ): void // biome-ignore format: one line of addresses after the other
  multiplyAll(
    left: number, rows: number, panels: number, right: number, columns: number, target: number,
  ): void // biome-ignore format: one line of addresses after the other
  multiplyTransposedAll(
    left: number, rows: number, panels: number, right: number, columns: number, target: number,
  ): void // biome-ignore format: one line of addresses after the other
  transpose(source: number, panels: number, columns: number, target: number): void
  moments(source: number, panels: number, pixels: number, sums: number): void
  rectify(
    source: number, panels: number, height: number, width: number, constants: number, target: number,
    targetLine: number, targetPlane: number,
  ): void // biome-ignore format: one line of addresses after the other
  rectifySums(
    source: number, panels: number, height: number, width: number, constants: number, outer: number,
    outerLine: number, outerPlane: number, sums: number,
  ): void // biome-ignore format: one line of addresses after the other
  rectifyGradient(
    source: number, panels: number, height: number, width: number, constants: number, outer: number,
    outerLine: number, outerPlane: number,
  ): void // biome-ignore format: one line of addresses after the other
  rectifyPooled(
    source: number, panels: number, height: number, width: number, constants: number, target: number,
    targetLine: number, targetPlane: number,
  ): void // biome-ignore format: one line of addresses after the other
  rectifyPooledSums(
    source: number, panels: number, height: number, width: number, constants: number, outer: number,
    outerLine: number, outerPlane: number, sums: number,
  ): void // biome-ignore format: one line of addresses after the other
  rectifyPooledGradient(
    source: number, panels: number, height: number, width: number, constants: number, outer: number,
    outerLine: number, outerPlane: number,
  ): void // biome-ignore format: one line of addresses after the other
  inputTransform(
    source: number, panels: number, rows: number, columns: number, target: number, tiles: number,
  ): void // biome-ignore format: one line of addresses after the other
  inputTransformGradient(
    source: number, panels: number, rows: number, columns: number, target: number, tiles: number,
  ): void // biome-ignore format: one line of addresses after the other
  outputTransform(
    source: number, panels: number, height: number, width: number, target: number, tiles: number,
  ): void // biome-ignore format: one line of addresses after the other
  outputTransformGradient(
    source: number, panels: number, height: number, width: number, target: number, tiles: number,
  ): void // biome-ignore format: one line of addresses after the other
  filterTransform(source: number, inputs: number, outputs: number, target: number): void
  filterTransformGradient(source: number, inputs: number, outputs: number, target: number): void
  tileProducts(
    source: number, tiles: number, inputs: number, filters: number, outputs: number, target: number,
  ): void // biome-ignore format: one line of addresses after the other
  tileProductsGradient(
    source: number, tiles: number, inputs: number, outer: number, outputs: number, target: number,
  ): void // biome-ignore format: one line of addresses after the other
}

let compiled: WebAssembly.Module | undefined

/** A kernel with a memory of its own; the code is compiled once per thread. */
export function instantiateNetworkKernel(): NetworkKernel {
  compiled ??= new WebAssembly.Module(decodeBase64(kernelBase64))
  return new WebAssembly.Instance(compiled).exports as unknown as NetworkKernel
}
