import { inputName, openInput } from './input-file.ts'
import { systemError } from './system-error.ts'

/**
 * All bytes of a file, a pipe or standard input (`-`).
 *
 * @throws LeafError('model-file') where it cannot be read
 */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const input = await openInput(path)
    try {
      return await input.readFile()
    } finally {
      await input.close()
    }
  } catch (error) {
    throw systemError(error, 'model-file', `${inputName(path)} cannot be read`)
  }
}
