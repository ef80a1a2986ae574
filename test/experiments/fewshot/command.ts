// npm run fewshot -- --data DIR,… [--model FILE,…]: what models can be taught from a few clips of each class, by the page's
// own Teach, on label sets that they were not trained on; models side by side.
import { runProgram } from '../../../src/files/index.ts'
import { fewshot } from './fewshot.ts'
import { parseOptions } from './options.ts'

await runProgram(() => fewshot(parseOptions(process.argv.slice(2))))
