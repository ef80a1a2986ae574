import { fileURLToPath } from 'node:url'
import { readBytes } from '../files/index.ts'
import { type Model, readModel } from '../model/index.ts'

const DEFAULT_MODEL = fileURLToPath(new URL('../../demo/public/models/events.safetensors', import.meta.url))

/**
 * Reads and checks a model file.
 *
 * @param path the default model where missing
 * @throws LeafError('model-file') where it cannot be read or is not sound
 */
export async function openModel(path = DEFAULT_MODEL): Promise<Model> {
  return readModel(await readBytes(path))
}
