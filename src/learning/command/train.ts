import { runProgram } from '../../files/index.ts'
import { runTraining } from './run.ts'
import { parseOptions } from './train-options.ts'

await runProgram(() => runTraining(parseOptions(process.argv.slice(2))))
