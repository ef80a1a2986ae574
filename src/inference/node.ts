import { enableProdMode } from '@tensorflow/tfjs-core'
import type { Model } from '../model/index.ts'
import { chooseBackend, type LoadedClassifier } from './backend.ts'
import { cpu } from './cpu.ts'
import { wasm } from './wasm.ts'

/**
 * Loads a model's classifier in Node, on WebAssembly, else in plain JavaScript; the probe's scores have to be right.
 *
 * @throws LeafError `classifier` when they are right on neither
 */
export function loadClassifier(model: Model): Promise<LoadedClassifier> {
  // TensorFlow.js would advertise its native package on the console.
  enableProdMode()
  return chooseBackend(model, [wasm(), cpu])
}
