import { LeafError } from '../../src/error.ts'

/** A safetensors file taken apart into its header and its data, to be spoilt and put together again. */
export interface FileParts {
  /** `__metadata__` and one entry per tensor. */
  header: Record<string, Record<string, unknown>>
  data: Uint8Array
}

export function takeApart(file: Uint8Array): FileParts {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true))
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)))
  return { header, data: file.slice(8 + length) }
}

/** `header` may be an object or the very text. */
export function putTogether(header: object | string, data: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const file = new Uint8Array(8 + text.length + data.length)
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true)
  file.set(text, 8)
  file.set(data, 8 + text.length)
  return file
}

/** The LeafError that `act` throws; any other outcome fails the test. */
export function refusal(act: () => unknown): LeafError {
  try {
    act()
  } catch (error) {
    if (error instanceof LeafError) return error
    throw error
  }
  throw new Error('nothing was refused')
}
