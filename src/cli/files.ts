import { readFile, writeFile } from 'node:fs/promises'
import { LeafError } from '../error.ts'

/** @throws LeafError('model-file') where the file cannot be read */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw new LeafError('model-file', `${path} cannot be read.`, 'Check the path.', { cause })
  }
}

/** @throws LeafError('arguments') where the file cannot be written */
export async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes)
  } catch (cause) {
    throw new LeafError('arguments', `${path} cannot be written.`, 'Check that its folder exists.', { cause })
  }
}
