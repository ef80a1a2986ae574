import { type FrontendDescription, preset } from '../../../src/frontend/index.ts'
import { readNpz } from '../../../src/model/checkpoints/npz.ts'
import { exportFrontend } from '../../../src/model/index.ts'
import {
  readSafetensors,
  type Tensor,
  tensorValues,
  writeSafetensors,
} from '../../../src/model/safetensors.ts'

export type Tensors = Record<string, Tensor>

/** What a frontend becomes in a layout, as tensors to be spoilt. */
export function tensorsOf(layout: string, frontend: FrontendDescription = smallLeaf()): Tensors {
  const { bytes, container } = exportFrontend(frontend, layout)
  const stored = container === 'npz' ? readNpz(bytes, 1e9) : readSafetensors(bytes).tensors
  return Object.fromEntries(
    [...stored].map(([name, tensor]) => [name, { shape: tensor.shape, values: tensorValues(tensor) }]),
  )
}

export function smallLeaf(): FrontendDescription {
  return preset('leaf', { channels: 4 })
}

/** The tensors under other names. */
export function renamed(tensors: Tensors, rename: (name: string) => string): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [rename(name), tensor]))
}

export function safetensors(tensors: Tensors): Uint8Array {
  return writeSafetensors([], Object.entries(tensors))
}

/** A float32 tensor; values are repeated to fill it. */
export function tensor(shape: number[], ...values: number[]): Tensor {
  const length = shape.reduce((product, size) => product * size, 1)
  return { shape, values: Float32Array.from({ length }, (_, i) => values[i % values.length]) }
}
