import { LeafError } from '../../src/error.ts'
import { modelBytes, readModel } from '../../src/model/index.ts'

/** What a model is called that comes from this file. */
export const nameOfFile = ({ name }: File): string => name.replace(/\.safetensors$/i, '')

/** What is in a file, which is a model then. @throws LeafError `model-file` */
export async function modelIn(file: File): Promise<Uint8Array> {
  try {
    const bytes = await modelBytes(file)
    readModel(bytes)
    return bytes
  } catch (cause) {
    throw new LeafError(
      'model-file',
      `${file.name} is no model that this page can listen with, or is damaged.`,
      'Choose a file that Save model has written; the model before goes on.',
      { cause },
    )
  }
}
