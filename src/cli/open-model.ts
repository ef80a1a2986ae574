import { readFile } from 'node:fs/promises'
import { LeafError } from '../error.ts'
import { type Model, readModel } from '../model/index.ts'

/**
 * Reads and checks a model file.
 *
 * @throws LeafError('model-file') where it cannot be read or is not sound
 */
export async function openModel(path: string): Promise<Model> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (cause) {
    throw new LeafError('model-file', `The model ${path} cannot be read.`, 'Give the path of a model file.', {
      cause,
    })
  }
  return readModel(bytes)
}
