import { LeafError } from '../../error.ts'
import { gather, parseGatherOptions } from './gather/index.ts'
import { parseOptions } from './options.ts'
import { sweep } from './sweep.ts'

try {
  const args = process.argv.slice(2)
  if (args.includes('--gather')) gather(parseGatherOptions(args))
  else await sweep(parseOptions(args))
} catch (error) {
  if (!(error instanceof LeafError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
