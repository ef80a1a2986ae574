import { LeafError } from '../../error.ts'
import { runTraining } from './run.ts'
import { parseOptions } from './train-options.ts'

try {
  await runTraining(parseOptions(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof LeafError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
