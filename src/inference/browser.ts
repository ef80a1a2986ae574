import type { BackendCandidate, BackendName } from './backend.ts'
import { cpu } from './cpu.ts'
import { wasm } from './wasm.ts'
import { wasmBinary } from './wasm-binary.ts'
import { webgpu } from './webgpu.ts'

/**
 * The backends a browser's worker tries, in their order.
 *
 * @param names those to try; left out, WebGPU on a graphics card, WebAssembly, plain JavaScript
 * @param wasmPath folder of the WebAssembly binary, by default beside the worker
 */
export function browserBackends(
  names: readonly BackendName[] | undefined,
  wasmPath: string | undefined,
): BackendCandidate[] {
  const candidates: Record<BackendName, BackendCandidate> = {
    webgpu: webgpu({ software: names !== undefined }),
    wasm: wasm(wasmBinary(wasmPath)),
    cpu,
  }
  return (names ?? (['webgpu', 'wasm', 'cpu'] as const)).map((name) => candidates[name])
}
