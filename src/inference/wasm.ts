import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { env } from '@tensorflow/tfjs-core'
import { activate } from './activate.ts'
import type { BackendCandidate } from './backend.ts'

/**
 * WebAssembly on this one thread: the threaded binary starts workers from a blob that minifiers break.
 *
 * @param binary address of TensorFlow.js's binary with SIMD, which the engine needs too; left out where TensorFlow.js finds
 * its binaries itself, beside its own file in Node
 */
export function wasm(binary?: string): BackendCandidate {
  return {
    name: 'wasm',
    async start() {
      env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
      if (binary !== undefined)
        setWasmPaths({
          'tfjs-backend-wasm.wasm': binary,
          'tfjs-backend-wasm-simd.wasm': binary,
          'tfjs-backend-wasm-threaded-simd.wasm': binary,
        })
      await activate('wasm').catch((cause: Error) => {
        if (binary === undefined) throw cause
        const place = `its binary is looked for at ${binary}: serve it there, or pass its folder as wasmPath`
        throw new Error(`${cause.message}; ${place}`, { cause })
      })
      return {}
    },
  }
}
