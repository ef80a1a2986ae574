import { LeafError } from '../../error.ts'
import { isContainer } from '../container.ts'
import { foreignFile } from '../foreign-file.ts'
import { type FileLimits, readSafetensors, type Safetensors, type StoredTensor } from '../safetensors.ts'
import { checkpointError } from './checkpoint-error.ts'
import { readNpz } from './npz.ts'
import { type Unwrapped, unwrapped } from './wrappers.ts'

/** Largest checkpoint that is read, bytes: a frontend may lie among a whole network's weights. */
const CHECKPOINT_LIMIT = 2 ** 30

/** A network of a hundred thousand tensors has a header of some 10 MB. */
const LIMITS: Omit<FileLimits, 'file'> = {
  header: 64 * 1024 * 1024,
  tensors: 200_000,
  values: 10_000_000,
}

const ZIP = [0x50, 0x4b, 0x03, 0x04]
const EMPTY_ZIP = [0x50, 0x4b, 0x05, 0x06]

/** Named tensors, whatever file they came in. */
export type StoredTensors = ReadonlyMap<string, StoredTensor>

/** A checkpoint of another library, opened. */
export interface Checkpoint extends Unwrapped {
  readonly container: 'safetensors' | 'npz'
}

/**
 * Opens a checkpoint, safetensors or npz by its first bytes. What lies beside a frontend is not judged.
 *
 * @param limit bytes that the file, and the arrays of an npz file unpacked, may have
 * @throws LeafError `model-file` where it is damaged, of another kind, or a model of this project.
 */
export function readCheckpoint(bytes: Uint8Array, limit = CHECKPOINT_LIMIT): Checkpoint {
  if (startsWith(bytes, ZIP) || startsWith(bytes, EMPTY_ZIP))
    return { container: 'npz', ...unwrapped(readNpz(bytes, limit)) }
  const { metadata, tensors } = openSafetensors(bytes, limit)
  if (isContainer(metadata)) {
    throw checkpointError('it is a file of this project already', 'Use it as it is.')
  }
  return { container: 'safetensors', ...unwrapped(tensors) }
}

function openSafetensors(bytes: Uint8Array, limit: number): Safetensors {
  try {
    return readSafetensors(bytes, { ...LIMITS, file: limit }, true)
  } catch (cause) {
    if (!(cause instanceof LeafError)) throw cause
    const foreign = foreignFile(bytes)
    if (foreign) throw checkpointError(`it is ${foreign.what}`, foreign.remedy, { cause })
    const problem = `it is no sound safetensors or npz file (${cause.message.slice(0, -cause.remedy.length - 1)})`
    throw checkpointError(problem, 'Copy it again, or save it anew.', { cause })
  }
}

function startsWith(bytes: Uint8Array, beginning: readonly number[]): boolean {
  return beginning.every((byte, i) => bytes[i] === byte)
}
