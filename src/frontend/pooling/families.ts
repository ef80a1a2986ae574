/** Every pooling. A new one is a file that exports a `WindowFamily` and a line here. */
export { gaussian } from './gaussian.ts'
export { max } from './max.ts'
export { noPooling } from './none.ts'
export { taps } from './taps.ts'
