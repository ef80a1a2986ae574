import { readModelInWorker } from '../../src/audio/index.ts'
import { LeafError } from '../../src/error.ts'
import { modelBytes } from '../../src/model/index.ts'

/** What a model is called that comes from this file. */
export const nameOfFile = ({ name }: File): string => name.replace(/\.safetensors$/i, '')

/** A model file, and what it names. */
export interface ModelFile {
  readonly bytes: Uint8Array
  readonly labels: readonly string[]
}

/** What is in a file, which is a model then. @throws LeafError `model-file` */
export async function modelIn(file: File): Promise<ModelFile> {
  try {
    const bytes = await modelBytes(file)
    const { labels } = await readModelInWorker(bytes)
    return { bytes, labels }
  } catch (cause) {
    throw new LeafError(
      'model-file',
      `${file.name} is no model that this page can listen with, or is damaged.`,
      'Choose a file that Save model has written; the model before goes on.',
      { cause },
    )
  }
}
