import { kernelBase64 } from './kernel/build/bytes.ts'

/** The kernel's functions; addresses are bytes, counts are samples, bins or vectors as `worklet/kernel` says. */
export interface Kernel {
  readonly memory: WebAssembly.Memory
  heapStart(): number
  clean(source: number, target: number, count: number, scale: number): number
  move(target: number, source: number, bytes: number): void
  clear(target: number, bytes: number): void
  mirror(re: number, im: number, half: number, below: number, above: number): void
  realSpectrum(
    samples: number,
    size: number,
    signs: number,
    stages: number,
    roots: number,
    data: number,
    re: number,
    im: number,
  ): void
  foldReal(
    re: number,
    im: number,
    firstSlot: number,
    slots: number,
    count: number,
    spectra: number,
    folded: number,
  ): void
  foldComplex(
    re: number,
    im: number,
    firstSlot: number,
    slots: number,
    count: number,
    spectra: number,
    folded: number,
  ): void
  subbandEnergies(
    folded: number,
    scratch: number,
    stages: number,
    points: number,
    twiddles: number,
    energies: number,
  ): void
  realOutputs(
    folded: number,
    scratch: number,
    stages: number,
    points: number,
    twiddles: number,
    slope: number,
    outputs: number,
  ): void
  poolMaximum(
    outputs: number,
    hop: number,
    rest: number,
    kept: number,
    hops: number,
    channels: number,
    sums: number,
  ): void
  pool(energies: number, weights: number, nodes: number, channels: number, sums: number): void
  powerSpectrum(
    samples: number,
    vectors: number,
    window: number,
    size: number,
    stages: number,
    roots: number,
    data: number,
    re: number,
    im: number,
  ): void
  weigh(power: number, rows: number, weights: number, channels: number, energies: number): void
  floorEnergies(energies: number, bias: number, vectors: number, constants: number): void
  pcen(
    energies: number,
    parameters: number,
    smoother: number,
    first: boolean,
    vectors: number,
    constants: number,
    target: number,
  ): void
  logarithm(energies: number, vectors: number, constants: number, target: number): void
  root(energies: number, vectors: number, constants: number, target: number): void
  layerNorm(energies: number, parameters: number, vectors: number, constants: number, target: number): void
  resamplerConfigure(
    table: number,
    taps: number,
    rows: number,
    phases: number,
    step: number,
    buffer: number,
    capacity: number,
  ): void
  resamplerReset(): void
  resamplerPush(input: number, count: number, output: number): number
}

let compiled: WebAssembly.Module | undefined

/** A kernel with a memory of its own. Any thread; the code is compiled once per thread. Allocates. */
export function instantiateKernel(): Kernel {
  compiled ??= new WebAssembly.Module(decodeBase64(kernelBase64))
  return new WebAssembly.Instance(compiled).exports as unknown as Kernel
}

/** The audio thread has no `atob`. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  const values = new Uint8Array(128)
  for (let i = 0; i < 64; i++) values[digits.charCodeAt(i)] = i
  const length = text.length - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0)
  const bytes = new Uint8Array((length * 3) >> 2)
  let bits = 0
  let pending = 0
  let at = 0
  for (let i = 0; i < length; i++) {
    bits = ((bits << 6) | values[text.charCodeAt(i)]) & 0xffffff
    pending += 6
    if (pending < 8) continue
    pending -= 8
    bytes[at++] = bits >> pending
  }
  return bytes
}

/** Hands out the kernel's memory, front to back; grows it as needed. Not for the time after a stream has begun. */
export class MemoryLayout {
  readonly #memory: WebAssembly.Memory
  #end: number

  /** @param start first address that is free. */
  constructor(kernel: { readonly memory: WebAssembly.Memory }, start: number) {
    this.#memory = kernel.memory
    this.#end = start
  }

  /** First address after everything handed out. */
  get end(): number {
    return this.#end
  }

  /** @returns the address of `floats` zeroed 32-bit places, aligned to 16 bytes. */
  reserve(floats: number): number {
    const start = (this.#end + 15) & ~15
    this.#end = start + floats * 4
    const missing = this.#end - this.#memory.buffer.byteLength
    if (missing > 0) this.#memory.grow(Math.ceil(missing / 65536))
    new Float32Array(this.#memory.buffer, start, floats).fill(0)
    return start
  }

  /** Copies values in. @returns their address. */
  place(values: Float32Array | Float64Array | Int32Array): number {
    const start = this.reserve(values.byteLength / 4)
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    new Uint8Array(this.#memory.buffer, start, bytes.length).set(bytes)
    return start
  }
}
