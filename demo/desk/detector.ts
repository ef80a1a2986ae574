import type { BackendChoice, BackendName } from '../../src/classifier/index.ts'

export const backendNames: Record<BackendName, string> = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
}

/** Where the detector runs, and why not somewhere faster. */
export function detectorText({ backend, attempts }: BackendChoice): string {
  const passedOver = attempts
    .filter(({ accepted }) => !accepted)
    .map(({ backend, reason }) => `${backendNames[backend]}: ${reason}`)
  const why = passedOver.length > 0 ? ` (${passedOver.join('; ')})` : ''
  return `Detector ready on ${backendNames[backend]}${why}`
}
