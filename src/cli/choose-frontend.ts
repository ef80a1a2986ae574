import { LeafError } from '../error.ts'
import { readBytes } from '../files/index.ts'
import {
  type FrontendDescription,
  type PresetName,
  parseFrontend,
  preset,
  presetNames,
} from '../frontend/index.ts'
import { readFrontend } from '../model/index.ts'

export interface FrontendChoice {
  /** A preset's name or the path of a frontend or a model. */
  frontend?: string
  /** Path of a model file. */
  model?: string
}

/**
 * The frontend that a command names: a preset, a JSON file, a file of a frontend or a model, or else the preset leaf.
 *
 * @throws LeafError where the file cannot be read or holds no frontend
 */
export async function chooseFrontend({
  frontend = 'leaf',
  model,
}: FrontendChoice): Promise<FrontendDescription> {
  if (model !== undefined) return readFrontend(await readBytes(model))
  if (isPreset(frontend)) return preset(frontend)
  const bytes = await readChoice(frontend)
  return isText(bytes) ? parseDescription(bytes, frontend) : readFrontend(bytes)
}

/** The files that a frontend is read from. */
export function filesOf({ frontend, model }: FrontendChoice): string[] {
  if (model !== undefined) return [model]
  return frontend === undefined || isPreset(frontend) ? [] : [frontend]
}

/** @throws LeafError where the text of a file describes no frontend */
export function parseDescription(bytes: Uint8Array, path: string): FrontendDescription {
  return parseFrontend(parseText(bytes, path))
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
    return await readBytes(path)
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException
    if (code !== 'ENOENT') throw error
    throw frontendError(path, 'cannot be read: it is no preset, and there is no such file', error)
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
