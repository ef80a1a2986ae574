export type { BatchFrontend, BatchParameter } from './batch-frontend.ts'
export { FixedFrontend } from './fixed-frontend.ts'
export { LearnableFrontend } from './learnable-frontend.ts'
export { isSampled } from './sampling.ts'
