import { unzipSync, zipSync } from 'fflate'
import { LeafError } from '../../error.ts'
import type { StoredTensor } from '../safetensors.ts'
import { checkpointError } from './checkpoint-error.ts'
import { readNpy, writeNpy } from './npy.ts'

/** The oldest date a zip can bear: the same weights give the same bytes at any time. */
const DATE = new Date(1980, 0, 1)

/**
 * Reads the arrays of an npz file: a zip of NumPy files, stored (`np.savez`) or deflated (`np.savez_compressed`).
 *
 * @param limit bytes that the arrays may have in all
 * @throws LeafError `model-file` naming the array that is wrong.
 */
export function readNpz(file: Uint8Array, limit: number): Map<string, StoredTensor> {
  const arrays = new Map<string, StoredTensor>()
  for (const [name, bytes] of Object.entries(unzip(file, limit))) {
    const array = name.slice(0, -'.npy'.length)
    arrays.set(array, readNpy(bytes, array))
  }
  return arrays
}

/** Writes float32 arrays as an npz file, stored as `np.savez` does. */
export function writeNpz(
  arrays: Iterable<readonly [string, { shape: readonly number[]; values: Float32Array }]>,
): Uint8Array {
  const files = [...arrays].map(([name, { shape, values }]) => [`${name}.npy`, writeNpy(shape, values)])
  return zipSync(Object.fromEntries(files), { level: 0, mtime: DATE })
}

function unzip(file: Uint8Array, limit: number): Record<string, Uint8Array> {
  let unpacked = 0
  try {
    return unzipSync(file, {
      filter({ name, originalSize }) {
        if (name.endsWith('data.pkl')) throw pickleError()
        if (!name.endsWith('.npy')) return false
        unpacked += originalSize
        if (unpacked > limit) throw checkpointError(`it unpacks to more than ${limit} bytes`, 'Save less.')
        return true
      },
    })
  } catch (cause) {
    if (cause instanceof LeafError) throw cause
    throw checkpointError('the npz file is cut off or damaged', 'Copy it again.', { cause })
  }
}

/** What is said of a file of `torch.save`. */
export function pickleError(): LeafError {
  return checkpointError(
    'it is a pickle of PyTorch, which can hold programs',
    'Save its state dict with safetensors.torch.save_file.',
  )
}
