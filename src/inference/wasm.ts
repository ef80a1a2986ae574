import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { env } from '@tensorflow/tfjs-core'
import { activate } from './activate.ts'
import type { BackendCandidate } from './backend.ts'

/** Addresses of TensorFlow.js's WebAssembly binaries: without SIMD and with it. */
export interface WasmBinaries {
  readonly plain: string
  readonly simd: string
}

/**
 * WebAssembly on this one thread: the threaded binary starts workers from a blob that minifiers break.
 *
 * @param binaries left out where TensorFlow.js finds them itself, beside its own file in Node
 */
export function wasm(binaries?: WasmBinaries): BackendCandidate {
  return {
    name: 'wasm',
    async start() {
      env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
      if (binaries) {
        const { plain, simd } = binaries
        setWasmPaths({
          'tfjs-backend-wasm.wasm': plain,
          'tfjs-backend-wasm-simd.wasm': simd,
          'tfjs-backend-wasm-threaded-simd.wasm': simd,
        })
      }
      await activate('wasm')
      return {}
    },
  }
}
