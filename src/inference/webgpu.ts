import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import '@tensorflow/tfjs-backend-webgpu'
import { backend } from '@tensorflow/tfjs-core'
import { activate } from './activate.ts'
import type { BackendCandidate } from './backend.ts'

/**
 * The graphics card.
 *
 * @param software whether a WebGPU will do that the processor computes, a hundred times slower than WebAssembly
 */
export function webgpu({ software }: { software: boolean }): BackendCandidate {
  return {
    name: 'webgpu',
    async start() {
      if (!navigator.gpu) throw new Error('this browser has no WebGPU here')
      const adapter = await navigator.gpu.requestAdapter()
      if (adapter === null) throw new Error('there is no graphics adapter')
      if (adapter.info.isFallbackAdapter && !software) throw new Error('it is computed in software here')
      await activate('webgpu')
      const { device } = backend() as WebGPUBackend
      return { lost: device.lost.then(({ message, reason }) => message || reason) }
    },
  }
}
