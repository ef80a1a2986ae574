import { type Kernel, kernelBase64 } from './kernel/build/index.ts'

/** The kernel's exports. Addresses are bytes; counts are samples, bins or vectors as `worklet/kernel` says. */
export type { Kernel }

const compiled = compileOnce(kernelBase64)

/** A kernel with a memory of its own. Any thread; the code is compiled once per thread. Allocates. */
export function instantiateKernel(): Kernel {
  return new WebAssembly.Instance(compiled()).exports as Kernel
}

/** @returns the module of these bytes, compiled at the first call. Synchronous: the audio thread can have it no other way. */
export function compileOnce(base64: string): () => WebAssembly.Module {
  let compiled: WebAssembly.Module | undefined
  return () => {
    compiled ??= new WebAssembly.Module(decodeBase64(base64))
    return compiled
  }
}

/** The audio thread has no `atob`. */
function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
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

/**
 * Hands out a kernel's memory, front to back, and grows it as needed. Growing ends every view of the memory, so whoever
 * lays out while a stream runs makes the engine's views anew. Allocates; never within `push`.
 */
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

  /** @returns the address of `floats` zeroed 32-bit words, aligned to 16 bytes. */
  reserve(floats: number): number {
    const start = (this.#end + 15) & ~15
    this.#end = start + floats * 4
    const missing = this.#end - this.#memory.buffer.byteLength
    if (missing > 0) this.#memory.grow(Math.ceil(missing / 65536))
    new Float32Array(this.#memory.buffer, start, floats).fill(0)
    return start
  }

  /** Copies values into memory of their own. @returns their address. */
  place(values: Float32Array | Float64Array | Int32Array): number {
    const start = this.reserve(values.byteLength / 4)
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    new Uint8Array(this.#memory.buffer, start, bytes.length).set(bytes)
    return start
  }
}
