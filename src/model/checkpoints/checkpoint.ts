import { LeafError } from '../../error.ts'
import { isContainer } from '../container.ts'
import { readSafetensors, type Safetensors, type StoredTensor } from '../safetensors.ts'
import { checkpointError } from './checkpoint-error.ts'
import { pickleError, readNpz } from './npz.ts'

/** Largest checkpoint that is read, bytes: a frontend may lie among a whole network's weights. */
const CHECKPOINT_LIMIT = 2 ** 30

const ZIP = [0x50, 0x4b, 0x03, 0x04]
const HDF5 = [0x89, 0x48, 0x44, 0x46]
const PICKLE = [0x80]

/** Named tensors, whatever file they came in. */
export type StoredTensors = ReadonlyMap<string, StoredTensor>

/** A checkpoint of another library, opened. */
export interface Checkpoint {
  readonly container: 'safetensors' | 'npz'
  readonly tensors: StoredTensors
}

/**
 * Opens a checkpoint, safetensors or npz by its first bytes.
 *
 * @throws LeafError `model-file` where it is damaged, of another kind, or a model of this project.
 */
export function readCheckpoint(bytes: Uint8Array): Checkpoint {
  if (startsWith(bytes, ZIP)) return { container: 'npz', tensors: readNpz(bytes, CHECKPOINT_LIMIT) }
  if (startsWith(bytes, HDF5)) {
    throw checkpointError(
      'it is an HDF5 file',
      'Save the weights with np.savez(path, **{v.name: v.numpy() for v in frontend.weights}).',
    )
  }
  const { metadata, tensors } = openSafetensors(bytes)
  if (isContainer(metadata)) {
    throw checkpointError('it is a file of this project already', 'Use it as it is.')
  }
  return { container: 'safetensors', tensors }
}

function openSafetensors(bytes: Uint8Array): Safetensors {
  try {
    return readSafetensors(bytes, CHECKPOINT_LIMIT)
  } catch (cause) {
    if (!(cause instanceof LeafError)) throw cause
    if (startsWith(bytes, PICKLE)) throw pickleError()
    const problem = `it is no sound safetensors or npz file (${cause.message.slice(0, -cause.remedy.length - 1)})`
    throw checkpointError(problem, 'Copy it again, or save it anew.', { cause })
  }
}

function startsWith(bytes: Uint8Array, beginning: readonly number[]): boolean {
  return beginning.every((byte, i) => bytes[i] === byte)
}
