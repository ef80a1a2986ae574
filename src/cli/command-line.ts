import { parseArgs } from 'node:util'
import { LeafError } from '../error.ts'

/** What the command line asks for. */
export type Command = { name: 'help' } | FeaturesCommand | DetectCommand

export interface FeaturesCommand {
  name: 'features'
  file: string
  /** Where the features go. */
  out: string
  /** A preset's name or the path of a description. */
  frontend?: string
  /** Path of a model file; never together with `frontend`. */
  model?: string
  engine: EngineName
}

export interface DetectCommand {
  name: 'detect'
  file: string
  /** Path of a model file; the default model where missing. */
  model?: string
}

const ENGINES = ['stream', 'reference'] as const
type EngineName = (typeof ENGINES)[number]

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  frontend: { type: 'string' },
  model: { type: 'string' },
  engine: { type: 'string' },
  out: { type: 'string' },
} as const

type Values = Omit<ReturnType<typeof parse>['values'], 'help'>

/**
 * @param words the arguments after the program's name
 * @throws LeafError('arguments') naming what is wrong
 */
export function parseCommandLine(words: string[]): Command {
  const { values, positionals } = parse(words)
  const { help, ...options } = values
  const [name, ...files] = positionals
  if (help || words.length === 0) return { name: 'help' }
  if (name !== 'features' && name !== 'detect')
    throw usageError(
      name ? `There is no command ${name}.` : 'The command is missing.',
      'Say features or detect',
    )
  if (files.length !== 1) throw usageError(`${name} got ${files.length} files.`, 'Give one audio file')
  return name === 'features' ? featuresCommand(files[0], options) : detectCommand(files[0], options)
}

function featuresCommand(file: string, options: Values): FeaturesCommand {
  const { out, frontend, model, engine = 'stream' } = options
  if (!out) throw usageError('features does not know where to write.', 'Add --out X.npy')
  if (frontend !== undefined && model !== undefined)
    throw usageError('--frontend and --model both name a frontend.', 'Give one of them')
  if (!isEngine(engine)) throw usageError(`There is no engine ${engine}.`, `Use ${ENGINES.join(' or ')}`)
  return { name: 'features', file, out, frontend, model, engine }
}

function detectCommand(file: string, { model, ...others }: Values): DetectCommand {
  const [surplus] = Object.keys(others)
  if (surplus) throw usageError(`detect has no option --${surplus}.`, 'Leave it out')
  return { name: 'detect', file, model }
}

function isEngine(name: string): name is EngineName {
  return (ENGINES as readonly string[]).includes(name)
}

function parse(words: string[]) {
  try {
    return parseArgs({ args: words, options: OPTIONS, allowPositionals: true })
  } catch (error) {
    const [sentence] = (error as Error).message.split('. ')
    throw usageError(`${sentence.replace(/\.$/, '')}.`, 'Check the options')
  }
}

function usageError(sentence: string, remedy: string): LeafError {
  return new LeafError('arguments', sentence, `${remedy}; --help shows every option.`)
}
