export { Random, shuffled } from './random.ts'
export { streams } from './streams.ts'
