import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu'
import {
  copyRegisteredKernels,
  getKernel,
  registerBackend,
  registerKernel,
  removeBackend,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core'
import { afterEach, expect, test } from 'vitest'
import { activate } from '../../../src/inference/activate.ts'
import type { BackendCandidate } from '../../../src/inference/backend.ts'
import { wasm } from '../../../src/inference/wasm.ts'
import { chooseTrainingBackend } from '../../../src/learning/teaching/training-backend.ts'
import { tinyModel } from '../../model/tiny-model.ts'

const GRADIENT = 'Conv2DBackpropFilter'
const WASM = { backend: 'wasm', accepted: true, reason: 'the others are measured by it' }

/** A driver that scores right and whose gradients of filters are too long, by so much of themselves. */
function driver(excess: number): BackendCandidate {
  return {
    name: 'webgpu',
    async start() {
      registerBackend('webgpu', () => new MathBackendCPU())
      copyRegisteredKernels('cpu', 'webgpu')
      const right = getKernel(GRADIENT, 'webgpu')
      unregisterKernel(GRADIENT, 'webgpu')
      registerKernel({
        ...right,
        kernelFunc: (given) => {
          const info = right.kernelFunc(given) as TensorInfo
          const values = (given.backend as MathBackendCPU).data.get(info.dataId).values as Float32Array
          values.forEach((value, i) => {
            values[i] = value * (1 + excess)
          })
          return info
        },
      })
      await activate('webgpu')
      return {}
    },
  }
}

afterEach(async () => {
  await activate('wasm')
  removeBackend('webgpu')
  unregisterKernel(GRADIENT, 'webgpu')
})

test('a backend whose gradients are right is taken', async () => {
  const { choice } = await chooseTrainingBackend(tinyModel(), wasm(), [driver(0.001), wasm()])
  expect(choice).toEqual({
    backend: 'webgpu',
    attempts: [{ backend: 'webgpu', accepted: true, reason: 'its gradients are right' }],
  })
})

test('one that scores right and learns wrong is passed over, and both are reported', async () => {
  const { choice } = await chooseTrainingBackend(tinyModel(), wasm(), [driver(0.02), wasm()])
  expect(choice).toEqual({
    backend: 'wasm',
    attempts: [{ backend: 'webgpu', accepted: false, reason: 'its gradients are off by 0.020' }, WASM],
  })
})

test('where none is left, the error says why and what to do', async () => {
  await expect(chooseTrainingBackend(tinyModel(), wasm(), [driver(-2)])).rejects.toMatchObject({
    code: 'training',
    message: expect.stringMatching(/webgpu: its gradients are off by 2/),
    remedy: expect.stringMatching(/'wasm'/),
  })
})
