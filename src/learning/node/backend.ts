import '@tensorflow/tfjs-backend-wasm'
import { ready, setBackend } from '@tensorflow/tfjs-core'
import { registerBatchNormGradient } from '../network/batch-norm-gradient.ts'
import { registerTrainingKernels } from '../network/training-kernels.ts'

/** Makes TensorFlow.js ready to train a convolutional network. Call once. */
export async function prepareBackend(): Promise<void> {
  await setBackend('wasm')
  await ready()
  registerTrainingKernels()
  registerBatchNormGradient()
}
