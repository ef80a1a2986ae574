// npm run calibrate -- --data DIR --model FILE --out FILE: a model whose scores are right as often as they say. A scale and
// an offset of each label's logit are fitted on the valid split and folded into the last layer; thresholds move along.
import { runProgram } from '../../../src/files/index.ts'
import { calibrate, parseOptions } from './calibrate.ts'

await runProgram(() => calibrate(parseOptions(process.argv.slice(2))))
