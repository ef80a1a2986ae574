import { enableProdMode } from '@tensorflow/tfjs-core'
import type { Model } from '../model/index.ts'
import { chooseBackend, type LoadedClassifier } from './backend.ts'
import { cpu } from './cpu.ts'
import { buildInference } from './infer.ts'
import { wasm } from './wasm.ts'
import { wasmFile } from './wasm-file.ts'

/**
 * Loads a model's classifier in Node, on WebAssembly, else in plain JavaScript; the probe's scores have to be right.
 *
 * @throws LeafError `classifier` when they are right on neither
 */
export function loadClassifier(model: Model): Promise<LoadedClassifier> {
  // TensorFlow.js would advertise its native package on the console.
  enableProdMode()
  return chooseBackend(model, [wasm(wasmFile), cpu])
}

/**
 * A model with its probe: the scores that WebAssembly gives for some windows.
 *
 * @param input [windows, windowFrames, channels], row-major
 */
export async function withProbe(model: Omit<Model, 'probe'>, input: Float32Array): Promise<Model> {
  enableProdMode()
  await wasm(wasmFile).start()
  const { windowFrames } = model.classifier
  const inference = await buildInference(model)
  const output = await inference.infer(input, input.length / (windowFrames * model.frontend.channels))
  inference.dispose()
  return { ...model, probe: { input, output } }
}
