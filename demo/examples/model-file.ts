import { LeafError } from '../../src/error.ts'
import { readModel } from '../../src/model/index.ts'

/** Bytes of a model that is read at all. */
const MODEL_LIMIT = 2 ** 26

/** What is in a file, which is a model then. @throws LeafError `model-file` */
export async function modelIn(file: File): Promise<Uint8Array> {
  // Judged before it is read: it may be as large as a disk.
  if (file.size > MODEL_LIMIT)
    throw noModel(`${file.name} has ${file.size} bytes, more than the ${MODEL_LIMIT} that a model may have.`)
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    readModel(bytes)
    return bytes
  } catch (cause) {
    throw noModel(`${file.name} is no model that this page can listen with, or is damaged.`, cause)
  }
}

function noModel(sentence: string, cause?: unknown): LeafError {
  const remedy = 'Choose a file that Save model has written; the model before goes on.'
  return new LeafError('model-file', sentence, remedy, { cause })
}
