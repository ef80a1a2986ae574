import { LeafError } from '../error.ts'
import { type OptionNames, requireOptions } from '../known-options.ts'
import { foreignFile } from './foreign-file.ts'
import { FILE_LIMIT } from './safetensors.ts'

/** How a model file is fetched. */
export interface FetchOptions {
  /** Bytes that the file may have; 64 MB where left out, as many as `readModel` takes. */
  readonly maxBytes?: number
  /** Gives up where so long nothing comes, seconds; 30 where left out. */
  readonly stallSeconds?: number
  readonly signal?: AbortSignal
}

/** Their names. */
export const FETCH_OPTIONS: OptionNames<FetchOptions> = { maxBytes: true, stallSeconds: true, signal: true }
const STALL_SECONDS = 30

/**
 * Fetches a model file, giving up as soon as it is longer than it may be, or where nothing comes any more.
 *
 * @returns the bytes, for `readModel`
 * @throws LeafError `model-file` naming the address, also where what came is a web page, a Git LFS pointer or the like;
 *   the signal's reason where it was given up; `arguments` naming the option that is none
 */
export async function fetchModel(url: string | URL, options: FetchOptions = {}): Promise<Uint8Array> {
  requireOptions('fetchModel()', options, FETCH_OPTIONS)
  return receive(`The model file ${url}`, (signal) => fetch(url, { signal }), options)
}

/**
 * The bytes of a model file out of an answer that the page has fetched itself; its body is read.
 *
 * @throws LeafError as `fetchModel`; `arguments` where the body was read before or is being read
 */
export function readResponse(response: Response, options: FetchOptions = {}): Promise<Uint8Array> {
  if (response.bodyUsed || response.body?.locked)
    throw new LeafError(
      'arguments',
      'The Response with the model was read before, or is being read.',
      'Pass a fresh one, or its clone().',
    )
  return receive(`The model file ${response.url}`.trimEnd(), async () => response, options)
}

/** @param name begins the sentences of errors */
async function receive(
  name: string,
  request: (signal: AbortSignal) => Promise<Response>,
  { maxBytes = FILE_LIMIT, stallSeconds = STALL_SECONDS, signal }: FetchOptions,
): Promise<Uint8Array> {
  const control = new AbortController()
  const abort = () => control.abort()
  let isStalled = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const expect = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      isStalled = true
      abort()
    }, 1000 * stallSeconds)
  }
  try {
    signal?.throwIfAborted()
    signal?.addEventListener('abort', abort)
    expect()
    const bytes = await download(name, request, maxBytes, control.signal, expect)
    const foreign = foreignFile(bytes)
    if (foreign) throw fetchError(name, `is ${foreign.what}`, foreign.remedy)
    return bytes
  } catch (cause) {
    signal?.throwIfAborted()
    if (isStalled)
      throw fetchError(
        name,
        `stopped coming for ${stallSeconds} s`,
        'Try again, on a better connection.',
        cause,
      )
    if (cause instanceof LeafError) throw cause
    throw fetchError(name, 'cannot be fetched', CHECK_ADDRESS, cause)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

const CHECK_ADDRESS = 'Check the address, and that this page may read it.'

async function download(
  name: string,
  request: (signal: AbortSignal) => Promise<Response>,
  maxBytes: number,
  signal: AbortSignal,
  onPiece: () => void,
): Promise<Uint8Array> {
  const response = await request(signal)
  if (!response.ok) throw fetchError(name, `gives HTTP status ${response.status}`, CHECK_ADDRESS)
  if (response.body === null)
    throw fetchError(name, `has no content (HTTP status ${response.status})`, CHECK_ADDRESS)
  const pieces: Uint8Array[] = []
  let length = 0
  const reader = response.body.getReader()
  // What the page has fetched itself knows nothing of the signal.
  signal.addEventListener('abort', () => void reader.cancel().catch(() => {}))
  try {
    for (;;) {
      const { done, value } = await reader.read()
      signal.throwIfAborted()
      if (done) break
      onPiece()
      length += value.length
      if (length > maxBytes)
        throw fetchError(name, `is longer than ${maxBytes} bytes`, 'Use a smaller model.')
      pieces.push(value)
    }
  } catch (cause) {
    // Nobody waits for what is left.
    void reader.cancel().catch(() => {})
    if (cause instanceof LeafError || signal.aborted) throw cause
    throw fetchError(name, `was cut off after ${length} bytes`, 'Try again.', cause)
  }
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const piece of pieces) {
    bytes.set(piece, offset)
    offset += piece.length
  }
  return bytes
}

function fetchError(name: string, problem: string, remedy: string, cause?: unknown): LeafError {
  return new LeafError('model-file', `${name} ${problem}.`, remedy, { cause })
}
