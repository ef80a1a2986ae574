import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import type { WasmBinaries } from './wasm.ts'

/** The binaries in the folder `wasmPath`, by default the ones the bundler put beside this code. */
export function wasmBinaries(wasmPath: string | undefined): WasmBinaries {
  if (wasmPath === undefined) return { plain, simd }
  const folder = wasmPath.endsWith('/') ? wasmPath : `${wasmPath}/`
  return { plain: `${folder}tfjs-backend-wasm.wasm`, simd: `${folder}tfjs-backend-wasm-simd.wasm` }
}
