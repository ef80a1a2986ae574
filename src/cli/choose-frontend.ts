import { readFile } from 'node:fs/promises'
import { LeafError } from '../error.ts'
import {
  type FrontendDescription,
  type PresetName,
  parseFrontend,
  preset,
  presetNames,
} from '../frontend/index.ts'
import { openModel } from './open-model.ts'

/**
 * The frontend that a command names: a preset, a JSON file, the one in a model file, or else the preset leaf.
 *
 * @throws LeafError where the file cannot be read or holds no frontend
 */
export async function chooseFrontend(choice: {
  frontend?: string
  model?: string
}): Promise<FrontendDescription> {
  const { frontend = 'leaf', model } = choice
  if (model !== undefined) return (await openModel(model)).frontend
  if (isPreset(frontend)) return preset(frontend)
  return parseFrontend(await readJson(frontend))
}

function isPreset(name: string): name is PresetName {
  return (presetNames as string[]).includes(name)
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    const what = cause instanceof SyntaxError ? 'is not JSON' : 'cannot be read'
    throw new LeafError(
      'description',
      `The frontend ${path} ${what}.`,
      `Give a JSON file with a frontend's description, or one of: ${presetNames.join(', ')}.`,
      { cause },
    )
  }
}
