// npm run agreement -- --data DIR --teacher FILE --model FILE,…: how well models hear what a teacher hears, label by label of
// the teacher's, in clips that nothing was learned from.
import { runProgram } from '../../../src/files/index.ts'
import { measureAgreement, parseOptions } from './agreement.ts'

await runProgram(() => measureAgreement(parseOptions(process.argv.slice(2))))
