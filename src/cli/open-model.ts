import { readBytes } from '../files/index.ts'
import { type Model, readModel } from '../model/index.ts'

/**
 * Reads and checks a model file.
 *
 * @throws LeafError('model-file') where it cannot be read or is not sound
 */
export async function openModel(path: string): Promise<Model> {
  return readModel(await readBytes(path))
}
