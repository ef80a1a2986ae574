/** Where the browser finds the audio thread's script, in development, in a build and in the published library. */
export { default as processorAddress } from '../processor.ts?worker&url'
