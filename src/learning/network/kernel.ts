import { compileOnce } from '../../../worklet/index.ts'
import { type Kernel, kernelBase64 } from './kernel/build/index.ts'

/** The kernel of the classifier's training; addresses are bytes, counts are pixels, tiles or panels as `kernel` says. */
export type NetworkKernel = Kernel

const compiled = compileOnce(kernelBase64)

/** A kernel with a memory of its own; the code is compiled once per thread. */
export function instantiateNetworkKernel(): NetworkKernel {
  return new WebAssembly.Instance(compiled()).exports as NetworkKernel
}
