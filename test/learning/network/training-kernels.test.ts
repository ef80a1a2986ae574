import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-backend-wasm'
import {
  add,
  conv2d,
  grads,
  maxPool,
  type Scalar,
  setBackend,
  square,
  sum,
  type Tensor,
  type Tensor4D,
  tensor,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core'
import { layers, sequential } from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, test } from 'vitest'
import { registerBatchNormGradient } from '../../../src/learning/network/batch-norm-gradient.ts'
import { registerTrainingKernels } from '../../../src/learning/network/training-kernels.ts'
import { Random } from '../../../src/learning/random/random.ts'

function values(seed: number, ...shape: number[]): Tensor4D {
  const random = new Random(seed)
  const count = shape.reduce((product, length) => product * length, 1)
  return tensor(
    Array.from({ length: count }, () => random.normal()),
    shape as [number, number, number, number],
  )
}

/** Gradients of the sum of squares of `build`'s result, on one backend. */
async function gradientsOn(
  backend: string,
  build: (...inputs: Tensor4D[]) => Tensor,
  shapes: number[][],
  shift: number,
): Promise<number[][]> {
  await setBackend(backend)
  return tidy(() => {
    const inputs = shapes.map((shape, i) => add(values(i + 1, ...shape), shift) as Tensor4D)
    const results = grads((...tensors: Tensor[]) => sum(square(build(...(tensors as Tensor4D[])))))(inputs)
    return results.map((result) => [...result.dataSync()])
  })
}

function expectClose(actual: number[][], expected: number[][]): void {
  for (const [i, own] of expected.entries()) {
    const largest = Math.max(...own.map(Math.abs))
    const errors = own.map((value, j) => Math.abs(value - actual[i][j]) / largest)
    expect(errors.length).toBe(actual[i].length)
    expect(Math.max(...errors)).toBeLessThan(1e-4)
  }
}

describe('gradients on the WASM backend equal those of the CPU backend', () => {
  beforeAll(registerTrainingKernels)

  test.each([
    { name: '3 x 3, same', filter: [3, 3, 4, 5], strides: 1, padding: 'same' as const },
    { name: '3 x 3, valid', filter: [3, 3, 4, 5], strides: 1, padding: 'valid' as const },
    { name: 'even filter, same', filter: [2, 4, 4, 3], strides: 1, padding: 'same' as const },
    { name: 'stride 2, same', filter: [5, 5, 4, 3], strides: 2, padding: 'same' as const },
    { name: 'stride 2, samples left over', filter: [3, 2, 4, 3], strides: 2, padding: 'valid' as const },
  ])('of a convolution, $name', async ({ filter, strides, padding }) => {
    const shapes = [[3, 12, 9, 4], filter]
    const build = (x: Tensor4D, kernel: Tensor4D) => conv2d(x, kernel, strides, padding)
    expectClose(await gradientsOn('wasm', build, shapes, 0), await gradientsOn('cpu', build, shapes, 0))
  })

  test.each([0, -10])('of max pooling with values around %d', async (shift) => {
    const build = (x: Tensor4D) => maxPool(x, 2, 2, 'valid')
    const shapes = [[2, 7, 6, 3]]
    expectClose(
      await gradientsOn('wasm', build, shapes, shift),
      await gradientsOn('cpu', build, shapes, shift),
    )
  })
})

test('a tf.layers model has the same gradients on both backends, whichever batch normalisation gradient', async () => {
  const gradients = async (backend: string) => {
    await setBackend(backend)
    const model = sequential({
      layers: [
        layers.conv2d({ inputShape: [12, 8, 1], filters: 4, kernelSize: 3, padding: 'same', useBias: false }),
        layers.batchNormalization({}),
        layers.reLU(),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.conv2d({ filters: 6, kernelSize: 3, padding: 'same', useBias: false }),
        layers.batchNormalization({}),
        layers.flatten(),
        layers.dense({ units: 3 }),
      ],
    })
    model.setWeights(model.weights.map(({ shape }, i) => values(i + 10, ...(shape as number[]))))
    const input = values(9, 5, 12, 8, 1)
    const weights = model.trainableWeights.map((weight) => weight.read() as Variable)
    return tidy(() => {
      const loss = () => sum(square(model.apply(input, { training: true }) as Tensor)) as Scalar
      const byName = variableGrads(loss, weights).grads
      return weights.map(({ name }) => [...byName[name].dataSync()])
    })
  }
  const stock = await gradients('cpu')
  registerBatchNormGradient()
  expectClose(await gradients('wasm'), stock)
  expectClose(await gradients('cpu'), stock)
})
