import { compileOnce } from '../../worklet/index.ts'
import { type Kernel, kernelBase64 } from './kernel/build/index.ts'

/** The kernel of learning; addresses are bytes, counts are elements or vectors as `src/gradient/kernel` says. */
export type GradientKernel = Kernel

const compiled = compileOnce(kernelBase64)

/** A kernel with a memory of its own; the code is compiled once per thread. */
export function instantiateGradientKernel(): GradientKernel {
  return new WebAssembly.Instance(compiled()).exports as GradientKernel
}
