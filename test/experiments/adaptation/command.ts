import { runProgram } from '../../../src/files/index.ts'
import { parseOptions } from './adapt-options.ts'
import { sweep } from './sweep.ts'

await runProgram(() => sweep(parseOptions(process.argv.slice(2))))
