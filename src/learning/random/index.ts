export { Random, shuffled } from './random.ts'
