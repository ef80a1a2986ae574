// The engine, for workers, Node and whoever computes with its kernel.
export { type Analysis, type ClipAnalysis, liveAnalysis, MelAnalysis } from './analysis/index.ts'
export { Engine } from './engine.ts'
export { compileOnce, instantiateKernel, MemoryLayout } from './kernel.ts'
export { MonoMix } from './mono-mix.ts'
export { type FrameSink, LARGEST_SAMPLE, StreamEngine } from './stream-engine.ts'
export { placeStages } from './transform-tables.ts'
