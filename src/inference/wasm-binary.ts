import beside from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'

/** Address of the binary in the folder `wasmPath`, by default of the one the bundler put beside this code. */
export function wasmBinary(wasmPath: string | undefined): string {
  if (wasmPath === undefined) return beside
  return `${wasmPath.replace(/\/?$/, '/')}tfjs-backend-wasm-simd.wasm`
}
