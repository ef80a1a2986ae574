/**
 * Path of TensorFlow.js's WebAssembly binary in Node. The build of the published library puts it here; run from the sources
 * TensorFlow.js finds it beside its own file.
 */
export const wasmFile: string | undefined = undefined
