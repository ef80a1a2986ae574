// npm run linear-probe -- --data DIR --model FILE,… --sources A,B: what a linear layer on each model's embedding, learned
// from the train split, makes of sources that it learned nothing from.
import { runProgram } from '../../../src/files/index.ts'
import { linearProbe, parseOptions } from './linear-probe.ts'

await runProgram(() => linearProbe(parseOptions(process.argv.slice(2))))
