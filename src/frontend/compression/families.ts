/**
 * Compressions that every engine computes by their own TypeScript, on the audio thread too. A new one is a file that
 * exports a `CompressionFamily` and a line here.
 */
export { noCompression } from './none.ts'
