import { LeafError } from '../error.ts'
import { parseCommandLine } from './command-line.ts'
import { detect } from './detect.ts'
import { features } from './features.ts'
import { HELP } from './help.ts'

// A reader such as `head` may close the pipe early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

try {
  const command = parseCommandLine(process.argv.slice(2))
  if (command.name === 'help') process.stdout.write(HELP)
  else if (command.name === 'features') await features(command)
  else await detect(command)
} catch (error) {
  if (!(error instanceof LeafError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
