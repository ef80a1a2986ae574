import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LeafError } from '../error.ts'
import { print, runProgram } from '../files/index.ts'
import { copyFiles } from './copy/index.ts'

// The command of the published package: that of the sources, and what copies the package's own files.
const [verb, ...words] = process.argv.slice(2)
if (verb === 'copy') await runProgram(() => copy(words))
else await import('./index.ts')

async function copy([folder, ...models]: string[]): Promise<void> {
  if (folder === undefined || folder.startsWith('-'))
    throw new LeafError('arguments', 'copy does not know where to.', 'Say leaf-worklet copy DIR [MODEL ...].')
  for (const file of await copyFiles(fileURLToPath(new URL('.', import.meta.url)), folder, models))
    print(`${join(folder, file)}\n`)
}
