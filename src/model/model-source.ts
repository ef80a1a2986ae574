import { LeafError } from '../error.ts'
import { requireOptions } from '../known-options.ts'
import { tagOf } from '../tag-of.ts'
import { FETCH_OPTIONS, type FetchOptions, fetchModel, readResponse } from './fetch-model.ts'
import { modelError } from './model-error.ts'
import { FILE_LIMIT } from './safetensors.ts'

/**
 * A model file: where to fetch it (every text is an address, which may be relative to the page), the Response to that,
 * a Blob or File, or its bytes.
 */
export type ModelSource = string | URL | Response | Blob | ArrayBufferLike | ArrayBufferView

/**
 * The bytes of a model file, wherever they are; never those of the caller, who may write over them or post them away.
 *
 * @throws LeafError `model-file` as `fetchModel`, and for a Blob that cannot be read; `arguments` for what is no source of
 *   a model, and naming the option that is none; the signal's reason where it was given up
 */
export async function modelBytes(source: ModelSource, options: FetchOptions = {}): Promise<Uint8Array> {
  requireOptions('modelBytes()', options, FETCH_OPTIONS)
  options.signal?.throwIfAborted()
  if (typeof source === 'string') {
    if (source.trim() === '')
      throw new LeafError('arguments', 'The address of the model is empty.', 'Pass that of a model file.')
    return fetchModel(source, options)
  }
  if (ArrayBuffer.isView(source)) {
    requireAttached(source.buffer)
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice()
  }
  // By their tags, not by their classes: those of a frame of the page are others.
  const tag = tagOf(source)
  switch (tag) {
    case 'URL':
      return fetchModel(source as URL, options)
    case 'Response':
      return readResponse(source as Response, options)
    case 'Blob':
    case 'File':
      return readBlob(source as Blob)
    case 'ArrayBuffer':
      requireAttached(source as ArrayBuffer)
      return new Uint8Array(source as ArrayBuffer).slice()
    case 'SharedArrayBuffer':
      return new Uint8Array(source as ArrayBufferLike).slice()
  }
  throw new LeafError(
    'arguments',
    `This is no model (${tag}).`,
    'Pass the address of a model file, its Response, a Blob, or its bytes; await what is a promise of them.',
  )
}

/** @throws LeafError `arguments` for bytes that were transferred away, to a worker for instance */
function requireAttached(buffer: ArrayBufferLike): void {
  try {
    new Uint8Array(buffer)
  } catch (cause) {
    throw new LeafError(
      'arguments',
      'The bytes of the model are detached: they were transferred to another thread.',
      'Post a copy of them there, bytes.slice(), or fetch them again.',
      { cause },
    )
  }
}

async function readBlob(blob: Blob): Promise<Uint8Array> {
  if (blob.size > FILE_LIMIT) throw modelError('file', `has ${blob.size} bytes, more than ${FILE_LIMIT}`)
  try {
    return new Uint8Array(await blob.arrayBuffer())
  } catch (cause) {
    throw new LeafError(
      'model-file',
      `The model file ${(blob as Partial<File>).name ?? 'that was chosen'} could not be read.`,
      'It may have been moved or changed since it was chosen: choose it again.',
      { cause },
    )
  }
}
