import { runProgram } from '../../../src/files/index.ts'
import { gather, parseGatherOptions } from './gather/index.ts'
import { parseOptions } from './tasks-options.ts'
import { sweep } from './train/sweep.ts'

await runProgram(() => {
  const args = process.argv.slice(2)
  return args.includes('--gather') ? gather(parseGatherOptions(args)) : sweep(parseOptions(args))
})
