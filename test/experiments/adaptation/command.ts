import { LeafError } from '../../../src/error.ts'
import { parseOptions } from './adapt-options.ts'
import { sweep } from './sweep.ts'

try {
  await sweep(parseOptions(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof LeafError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
