import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { registering } from '../../.config/tensorflow.mjs'

const file = join(
  import.meta.dirname,
  '../../node_modules/@tensorflow/tfjs-backend-cpu/dist/register_all_kernels.js',
)

test('of TensorFlow.js’s registrations those that are listed stay', async () => {
  expect(registering(await readFile(file, 'utf8'), file, ['FusedBatchNorm', '_FusedMatMul'])).toBe(`\
import { registerKernel } from '@tensorflow/tfjs-core';
import { batchNormConfig } from './kernels/BatchNorm';
import { _fusedMatMulConfig } from './kernels/_FusedMatMul';
registerKernel(batchNormConfig)
registerKernel(_fusedMatMulConfig)`)
})

test('a kernel that is not there and registrations of another form stop the build', async () => {
  const code = await readFile(file, 'utf8')
  expect(() => registering(code, file, ['Add', 'Addd'])).toThrow(
    /register_all_kernels\.js does not have Addd\./,
  )
  expect(() => registering(`${code}\nimport './more';`, file, ['Add'])).toThrow(/in the way known here/)
  expect(() => registering('registerAll()', file, ['Add'])).toThrow(/in the way known here/)
})
