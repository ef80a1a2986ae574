/**
 * Compressions that the engine's kernel computes (worklet/kernel/compression.ts). The compiler asks for the layout of
 * their numbers in src/plan/compression.ts and for the call in worklet/compressor.ts.
 */
export { layerNorm } from './layer-norm.ts'
export { log } from './log.ts'
export { pcen } from './pcen.ts'
export { root } from './root.ts'
