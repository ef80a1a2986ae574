import { LeafError } from '../../../src/error.ts'
import { gather, parseGatherOptions } from './gather/index.ts'
import { parseOptions } from './tasks-options.ts'
import { sweep } from './train/sweep.ts'

try {
  const args = process.argv.slice(2)
  if (args.includes('--gather')) gather(parseGatherOptions(args))
  else await sweep(parseOptions(args))
} catch (error) {
  if (!(error instanceof LeafError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
