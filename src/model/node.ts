import { fileURLToPath } from 'node:url'
import { readBytes } from '../files/index.ts'
import { type Model, type ModelSource, modelBytes, readModel, selectHeads } from './index.ts'

const DEFAULT_MODEL = new URL('../../demo/public/models/events.safetensors', import.meta.url)

/**
 * Reads and checks a model file in Node.
 *
 * @param source what `modelBytes` takes, or the path of a file; the default model when left out
 * @param heads names of those of its heads that are wanted; all of them when left out
 * @throws LeafError `model-file` where it cannot be read or is not sound; `arguments` for what is no source of a model, or a
 *   head it has not
 */
export async function openModel(
  source: ModelSource = DEFAULT_MODEL,
  heads?: readonly string[],
  signal?: AbortSignal,
): Promise<Model> {
  const path = pathOf(source)
  const bytes = path === null ? await modelBytes(source, { signal }) : await readBytes(path)
  return selectHeads(readModel(bytes), heads)
}

/** Null for what is no file of this machine. */
function pathOf(source: ModelSource): string | null {
  if (source instanceof URL) return source.protocol === 'file:' ? fileURLToPath(source) : null
  if (typeof source !== 'string' || /^(https?|data|blob):/i.test(source)) return null
  return /^file:/i.test(source) ? fileURLToPath(source) : source
}
