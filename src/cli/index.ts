import { LeafError } from '../error.ts'
import { type Command, parseCommandLine } from './command-line.ts'
import { detect } from './detect.ts'
import { exportWeights } from './export.ts'
import { features } from './features.ts'
import { HELP } from './help.ts'
import { importWeights } from './import.ts'
import { info } from './info.ts'

// A reader such as `head` may close the pipe early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

try {
  await run(parseCommandLine(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof LeafError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

async function run(command: Command): Promise<void> {
  switch (command.name) {
    case 'help':
      process.stdout.write(HELP)
      return
    case 'features':
      return features(command)
    case 'detect':
      return detect(command)
    case 'import':
      return importWeights(command)
    case 'export':
      return exportWeights(command)
    case 'info':
      return info(command)
  }
}
