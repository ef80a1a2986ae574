export { AdamW, type AdamWState, copyInto, type Numbers, warmUpCosine } from './adamw.ts'
export { clipByGlobalNorm } from './clip-by-global-norm.ts'
