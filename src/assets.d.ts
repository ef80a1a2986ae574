// The package's files, imported for their addresses with ?url (Vite).

declare module 'leaf-worklet/events.safetensors?url' {
  const address: string
  export default address
}
declare module 'leaf-worklet/keywords.safetensors?url' {
  const address: string
  export default address
}
declare module 'leaf-worklet/tasks.safetensors?url' {
  const address: string
  export default address
}
declare module 'leaf-worklet/audioset.safetensors?url' {
  const address: string
  export default address
}
declare module 'leaf-worklet/leaf.worklet.js?url' {
  const address: string
  export default address
}
declare module 'leaf-worklet/plan.worker.js?url' {
  const address: string
  export default address
}
declare module 'leaf-worklet/classifier.worker.js?url' {
  const address: string
  export default address
}
declare module 'leaf-worklet/teaching.worker.js?url' {
  const address: string
  export default address
}
declare module 'leaf-worklet/tfjs-backend-wasm-simd.wasm?url' {
  const address: string
  export default address
}
