export { isTflite } from './graph.ts'
export { EMBEDDING } from './layers.ts'
export { importYamnet } from './yamnet.ts'
