import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LeafError } from '../../error.ts'
import { print, runProgram } from '../../files/index.ts'
import { copyFiles } from './copy.ts'

const USAGE = `npx leaf-worklet copy DIR [MODEL ...]
    Copies what a page fetches (the audio thread's script, the workers, their WebAssembly) into the folder of a bundle,
    and the models named: events, keywords, tasks.
`

await runProgram(async () => {
  const [verb, folder, ...models] = process.argv.slice(2)
  if (verb === undefined || verb === '--help') return print(USAGE)
  if (verb !== 'copy' || folder === undefined || folder.startsWith('-'))
    throw new LeafError(
      'arguments',
      'This is no command that is known here.',
      `It is ${USAGE.split('\n')[0]}.`,
    )
  for (const file of await copyFiles(fileURLToPath(new URL('.', import.meta.url)), folder, models))
    print(`${join(folder, file)}\n`)
})
