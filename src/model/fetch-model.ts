import { LeafError } from '../error.ts'
import { FILE_LIMIT } from './safetensors.ts'

/**
 * Fetches a model file, giving up as soon as it is longer than a model file may be.
 *
 * @returns the bytes, for `readModel`
 * @throws LeafError `model-file` naming the address.
 */
export async function fetchModel(url: string | URL): Promise<Uint8Array> {
  const remedy = 'Check the address, and that this page may read it.'
  let response: Response
  try {
    response = await fetch(url)
  } catch (cause) {
    throw new LeafError('model-file', `The model file ${url} cannot be fetched.`, remedy, { cause })
  }
  if (!response.ok || response.body === null) {
    throw new LeafError('model-file', `The model file ${url} gives HTTP status ${response.status}.`, remedy)
  }
  const chunks: Uint8Array[] = []
  let length = 0
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > FILE_LIMIT) {
      await reader.cancel()
      throw new LeafError(
        'model-file',
        `The model file ${url} is longer than ${FILE_LIMIT} bytes.`,
        'Use a smaller model.',
      )
    }
    chunks.push(value)
  }
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}
