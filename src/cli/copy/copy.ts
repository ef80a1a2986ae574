import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { LeafError } from '../../error.ts'
import { systemError } from '../../files/index.ts'

/** What a page fetches beside the code that is bundled into it. */
const FILES = [
  'leaf.worklet.js',
  'plan.worker.js',
  'classifier.worker.js',
  'teaching.worker.js',
  'tfjs-backend-wasm-simd.wasm',
]
const MODEL = '.safetensors'

/**
 * Copies the files that a page fetches, for bundlers that leave them where they are (esbuild, Rollup): to the folder of the
 * bundle, where the library looks for them. What is there under these names is overwritten.
 * @param from folder of the built library
 * @param to made if it is not there
 * @param models names of models to copy as well: events, keywords, tasks
 * @returns names of the files copied
 * @throws LeafError `arguments` for a model that is none of the package's, or a folder that cannot be written
 */
export async function copyFiles(from: string, to: string, models: readonly string[]): Promise<string[]> {
  const known = (await readdir(from)).filter((name) => name.endsWith(MODEL))
  const wanted = models.map((model) => (model.endsWith(MODEL) ? model : `${model}${MODEL}`))
  const unknown = wanted.find((file) => !known.includes(file))
  if (unknown !== undefined)
    throw new LeafError(
      'arguments',
      `The package has no model ${unknown}.`,
      `It has ${known.map((name) => name.slice(0, -MODEL.length)).join(', ')}.`,
    )
  const files = [...FILES, ...new Set(wanted)]
  try {
    await mkdir(to, { recursive: true })
    for (const file of files) await copyFile(join(from, file), join(to, file))
  } catch (error) {
    throw systemError(error, 'arguments', `The files cannot be copied to ${to}`)
  }
  return files
}
