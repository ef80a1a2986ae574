import { print, runProgram } from '../files/index.ts'
import { type Command, parseCommandLine } from './command-line.ts'

await runProgram(() => run(parseCommandLine(process.argv.slice(2))))

// Each command loads what it needs only: TensorFlow.js alone takes a second.
async function run(command: Command): Promise<void> {
  switch (command.name) {
    case 'help':
      return print((await import('./help.ts')).HELP)
    case 'features':
      return (await import('./features.ts')).features(command)
    case 'detect':
      return (await import('./detect.ts')).detect(command)
    case 'evaluate':
      return (await import('./evaluate/index.ts')).evaluateFolder(command)
    case 'import':
      return (await import('./import.ts')).importWeights(command)
    case 'export':
      return (await import('./export.ts')).exportWeights(command)
    case 'info':
      return (await import('./info.ts')).info(command)
  }
}
