import type { FrontendDescription } from '../frontend/index.ts'
import { copyTensors, FORMAT_METADATA, openContainer } from './container.ts'
import { joinFrontend, splitFrontend } from './frontend-tensors.ts'
import { modelError } from './model-error.ts'
import { readModel } from './model-file.ts'
import { writeSafetensors } from './safetensors.ts'

/**
 * The frontend in a file of this project's format: one that holds nothing else, or a whole model.
 *
 * @param bytes the whole file, at most 64 MB; not kept
 * @throws LeafError `model-file` naming the field that is wrong.
 */
export function readFrontend(bytes: Uint8Array): FrontendDescription {
  const file = openContainer(bytes)
  if (file.has('classifier')) return readModel(bytes).frontend
  file.onlyKeys(['frontend'])
  for (const group of ['classifier', 'probe'] as const) {
    const [surplus] = file.groups[group].keys()
    if (surplus !== undefined)
      throw modelError(`tensor "${group}.${surplus}"`, 'has no classifier to belong to')
  }
  return joinFrontend(file.json('frontend'), copyTensors(file.groups.frontend, 'frontend', 'F64'))
}

/**
 * Writes a frontend as a file of its own: a model file without a classifier, parameters as exact float64.
 *
 * @throws LeafError `model-file` naming the field that is wrong.
 */
export function writeFrontend(frontend: FrontendDescription): Uint8Array {
  const { json, tensors } = splitFrontend(frontend)
  const bytes = writeSafetensors(
    [...FORMAT_METADATA, ['frontend', JSON.stringify(json)]],
    tensors.map(([name, tensor]) => [`frontend.${name}`, tensor]),
  )
  readFrontend(bytes)
  return bytes
}
