import { readFile } from 'node:fs/promises'
import { LeafError } from '../error.ts'
import {
  type FrontendDescription,
  type PresetName,
  parseFrontend,
  preset,
  presetNames,
} from '../frontend/index.ts'
import { readFrontend } from '../model/index.ts'
import { readBytes } from './files.ts'

/**
 * The frontend that a command names: a preset, a JSON file, a file of a frontend or a model, or else the preset leaf.
 *
 * @throws LeafError where the file cannot be read or holds no frontend
 */
export async function chooseFrontend(choice: {
  frontend?: string
  model?: string
}): Promise<FrontendDescription> {
  const { frontend = 'leaf', model } = choice
  if (model !== undefined) return readFrontend(await readBytes(model))
  if (isPreset(frontend)) return preset(frontend)
  const bytes = await readChoice(frontend)
  return isText(bytes) ? parseFrontend(parseText(bytes, frontend)) : readFrontend(bytes)
}

export function isPreset(name: string): name is PresetName {
  return (presetNames as string[]).includes(name)
}

/** JSON holds no zero byte, and the length at the beginning of a safetensors file always has some. */
export function isText(bytes: Uint8Array): boolean {
  return !bytes.subarray(0, 8).includes(0)
}

async function readChoice(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw frontendError(path, 'cannot be read', cause)
  }
}

function parseText(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw frontendError(path, 'is not JSON', cause)
  }
}

function frontendError(path: string, problem: string, cause: unknown): LeafError {
  return new LeafError(
    'description',
    `The frontend ${path} ${problem}.`,
    `Give a file with a frontend, or one of: ${presetNames.join(', ')}.`,
    { cause },
  )
}
