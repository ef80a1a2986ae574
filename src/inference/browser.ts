import { LeafError } from '../error.ts'
import type { BackendCandidate, BackendName } from './backend.ts'
import { cpu } from './cpu.ts'
import { wasm } from './wasm.ts'
import { wasmBinary } from './wasm-binary.ts'
import { webgpu } from './webgpu.ts'

const NAMES: readonly BackendName[] = ['webgpu', 'wasm', 'cpu']

/**
 * The backends a browser's worker tries, in their order.
 *
 * @param names those to try; left out, WebGPU on a graphics card, WebAssembly, plain JavaScript
 * @param wasmPath folder of the WebAssembly binary, by default beside the worker
 * @throws LeafError `arguments` for what is no list of names of backends
 */
export function browserBackends(
  names: readonly BackendName[] | undefined,
  wasmPath: string | undefined,
): BackendCandidate[] {
  if (names !== undefined) requireNames(names)
  const candidates: Record<BackendName, BackendCandidate> = {
    webgpu: webgpu({ software: names !== undefined }),
    wasm: wasm(wasmBinary(wasmPath)),
    cpu,
  }
  return (names ?? NAMES).map((name) => candidates[name])
}

function requireNames(names: readonly BackendName[]): void {
  if (Array.isArray(names) && names.length > 0 && names.every((name) => NAMES.includes(name))) return
  throw new LeafError(
    'arguments',
    `backends is ${JSON.stringify(names)}.`,
    `Pass a list with some of ${NAMES.join(', ')}, or leave it out.`,
  )
}
