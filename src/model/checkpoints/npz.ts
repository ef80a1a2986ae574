import { zipSync } from 'fflate'
import { LeafError } from '../../error.ts'
import { type ZipEntry, ZipError, zipEntries } from '../../zip.ts'
import type { StoredTensor } from '../safetensors.ts'
import { checkpointError } from './checkpoint-error.ts'
import { arrayError, readNpyHeader, writeNpy } from './npy.ts'

/** The oldest date a zip can bear: the same weights give the same bytes at any time. */
const DATE = new Date(1980, 0, 1)
/** NumPy's headers have 128 bytes, or a few more for many axes. */
const PEEKED = 4096
/** Bytes of arrays that are checked as the file is opened; of a larger file the rest when it is asked for. */
const CHECKED_AT_ONCE = 2 ** 27

/**
 * Finds the arrays of an npz file: a zip of NumPy files, stored (`np.savez`) or deflated (`np.savez_compressed`).
 * Checksums are looked at; an array is kept unpacked by nobody but who asks for its numbers, and one that holds no
 * numbers says so then.
 *
 * @param limit bytes that the arrays may have in all
 * @throws LeafError `model-file` where it is damaged, holds too much, or is the ZIP archive of something else.
 */
export function readNpz(file: Uint8Array, limit: number): Map<string, StoredTensor> {
  const arrays = new Map<string, StoredTensor>()
  const entries = unzipping(() => zipEntries(file))
  refuseOthers(entries)
  const own = entries.filter(({ name }) => name.endsWith('.npy'))
  if (own.reduce((sum, { size }) => sum + size, 0) > limit)
    throw checkpointError(`it unpacks to more than ${limit} bytes`, 'Save less.')
  let unchecked = CHECKED_AT_ONCE
  for (const entry of own) {
    const name = entry.name.slice(0, -'.npy'.length)
    unchecked -= entry.size
    // A header whose checksum nobody looked at may make another array of it, and of the whole another frontend.
    const beginning = unzipping(() => (unchecked >= 0 ? entry.read() : entry.peek(PEEKED)))
    arrays.set(name, storedArray(entry, name, beginning))
  }
  return arrays
}

function storedArray(entry: ZipEntry, name: string, beginning: Uint8Array): StoredTensor {
  try {
    const { start, bytes, ...tensor } = readNpyHeader(beginning, name)
    if (entry.size - start !== bytes)
      throw arrayError(name, `holds ${entry.size - start} bytes where its shape wants ${bytes}`)
    return {
      ...tensor,
      get bytes() {
        return unzipping(() => entry.read()).subarray(start)
      },
    }
  } catch (error) {
    if (!(error instanceof LeafError)) throw error
    return { dtype: 'unknown', shape: [], bytes: new Uint8Array(0), fault: error.message }
  }
}

/** Other things that are ZIP archives. */
function refuseOthers(entries: readonly ZipEntry[]): void {
  const has = (end: string) => entries.some(({ name }) => name === end || name.endsWith(`/${end}`))
  if (has('data.pkl') || has('constants.pkl')) throw pickleError()
  if (has('model.weights.h5') || has('keras_metadata.pb'))
    throw checkpointError(
      'it is a Keras model (.keras)',
      'Save the weights with np.savez(path, **{v.name: v.numpy() for v in frontend.weights}).',
    )
}

/** Writes float32 arrays as an npz file, stored as `np.savez` does. */
export function writeNpz(
  arrays: Iterable<readonly [string, { shape: readonly number[]; values: Float32Array }]>,
): Uint8Array {
  const files = [...arrays].map(([name, { shape, values }]) => [`${name}.npy`, writeNpy(shape, values)])
  return zipSync(Object.fromEntries(files), { level: 0, mtime: DATE })
}

function unzipping<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (!(cause instanceof ZipError)) throw cause
    throw checkpointError(`the npz file ${cause.message}`, 'Copy it again.', { cause })
  }
}

/** What is said of a file of `torch.save`. */
function pickleError(): LeafError {
  return checkpointError(
    'it is a pickle of PyTorch, which can hold programs',
    'Save its state dict with safetensors.torch.save_file.',
  )
}
