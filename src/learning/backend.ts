import '@tensorflow/tfjs-backend-wasm'
import { ready, setBackend } from '@tensorflow/tfjs-core'
import { registerBatchNormGradient, registerTrainingKernels } from './network/index.ts'

/** Makes TensorFlow.js ready to train a convolutional network. Call once. */
export async function prepareBackend(): Promise<void> {
  await setBackend('wasm')
  await ready()
  registerTrainingKernels()
  registerBatchNormGradient()
}
