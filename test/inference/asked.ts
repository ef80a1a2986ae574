import * as core from '@tensorflow/tfjs-core'
import {
  getGradient,
  getKernelsForBackend,
  registerGradient,
  registerKernel,
  unregisterGradient,
  unregisterKernel,
} from '@tensorflow/tfjs-core'

/** Names of the kernels that TensorFlow.js looks up on a backend from now on. Implementations that call each other count not. */
export function askedKernels(backendName: string): Set<string> {
  const asked = new Set<string>()
  for (const kernel of getKernelsForBackend(backendName)) {
    unregisterKernel(kernel.kernelName, backendName)
    registerKernel({
      ...kernel,
      kernelFunc: (call) => {
        asked.add(kernel.kernelName)
        return kernel.kernelFunc(call)
      },
    })
  }
  return asked
}

/** Names of the kernels whose gradients are computed from now on. */
export function askedGradients(): Set<string> {
  const asked = new Set<string>()
  const names = Object.values<unknown>(core).filter((value) => typeof value === 'string')
  for (const kernelName of names) {
    const gradient = getGradient(kernelName)
    if (!gradient) continue
    unregisterGradient(kernelName)
    registerGradient({
      ...gradient,
      gradFunc: (...given) => {
        asked.add(kernelName)
        return gradient.gradFunc(...given)
      },
    })
  }
  return asked
}
