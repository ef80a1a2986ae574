import { LeafError } from '../error.ts'
import { isContainer } from './container.ts'
import { readSafetensors } from './safetensors.ts'

/** What a file is: a model or a frontend of this project, or else what may be weights of another library. */
export type FileKind = 'model' | 'frontend' | 'checkpoint'

/** Tells by the file's own words what it is; what is damaged counts as a checkpoint, and importing it says why. */
export function fileKind(bytes: Uint8Array): FileKind {
  try {
    const { metadata } = readSafetensors(bytes)
    if (!isContainer(metadata)) return 'checkpoint'
    return metadata.has('classifier') ? 'model' : 'frontend'
  } catch (error) {
    if (error instanceof LeafError) return 'checkpoint'
    throw error
  }
}
