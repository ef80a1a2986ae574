import { setBackend } from '@tensorflow/tfjs-core'
import type { BackendName } from './backend.ts'

/** Makes a registered backend the one in use. TensorFlow.js tells the cause of a failure on the console only. */
export async function activate(name: BackendName): Promise<void> {
  if (!(await setBackend(name))) throw new Error('it did not start, the console says more')
}
