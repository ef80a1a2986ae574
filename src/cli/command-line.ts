import { parseArgs } from 'node:util'
import { LeafError } from '../error.ts'
import { exportLayouts, type ImportOptions, type Profile, profileNames } from '../model/index.ts'
import type { SampleFormat } from '../offline/index.ts'

/** What the command line asks for. */
export type Command =
  | { name: 'help' }
  | FeaturesCommand
  | DetectCommand
  | EvaluateCommand
  | ImportCommand
  | ExportCommand
  | InfoCommand

/** Samples without a header, of one channel, little-endian. */
export interface RawSamples {
  format: SampleFormat
  /** Hz. */
  sampleRate: number
}

export interface FeaturesCommand {
  name: 'features'
  /** Path of an audio file; `-` is standard input, here and below. */
  file: string
  /** How the file holds samples where it is no audio file. */
  raw?: RawSamples
  /** Where the features go; `-` is standard output, here and below. */
  out: string
  /** A preset's name or the path of a frontend. */
  frontend?: string
  /** Path of a model file; never together with `frontend`. */
  model?: string
  engine: EngineName
}

export interface DetectCommand {
  name: 'detect'
  file: string
  raw?: RawSamples
  /** Path of a model file; the default model where missing. */
  model?: string
  /** Names of the heads to hear; all where missing. */
  heads?: string[]
}

export interface EvaluateCommand {
  name: 'evaluate'
  /** Path of a folder with clips and a manifest.csv. */
  folder: string
  /** Path of a model file; the default model where missing. */
  model?: string
  /** Names of the heads to ask; all where missing. */
  heads?: string[]
  /** Path of a map of labels. */
  map?: string
  /** Whose clips; those of test where missing, or all where there are none. */
  split?: string
  /** Whose clips, by the column `source`; all where missing. */
  sources?: string[]
  /** Whether JSON is printed instead of a table. */
  json: boolean
  /** Where the model goes with the figures of its labels in its card; nowhere where missing. */
  out?: string
}

export interface ImportCommand {
  name: 'import'
  /** Weights of another library, or YAMNet as a TensorFlow Lite model. */
  file: string
  /** Where the frontend or the model goes. */
  out: string
  /** Path of a class map, for a model's scores. */
  labels?: string
  options: ImportOptions
}

export interface ExportCommand {
  name: 'export'
  /** A preset's name or the path of a frontend or a model. */
  frontend: string
  /** One of `exportLayouts`. */
  layout: string
  /** Where the weights go. */
  out: string
}

export interface InfoCommand {
  name: 'info'
  file: string
  /** How weights of another library would be imported. */
  options: ImportOptions
}

const ENGINES = ['stream', 'reference'] as const
type EngineName = (typeof ENGINES)[number]

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  frontend: { type: 'string' },
  model: { type: 'string' },
  heads: { type: 'string' },
  map: { type: 'string' },
  split: { type: 'string' },
  sources: { type: 'string' },
  json: { type: 'boolean' },
  engine: { type: 'string' },
  out: { type: 'string' },
  labels: { type: 'string' },
  layout: { type: 'string' },
  raw: { type: 'string' },
  profile: { type: 'string' },
  'sample-rate': { type: 'string' },
  'window-ms': { type: 'string' },
  'hop-ms': { type: 'string' },
} as const

type Values = Omit<ReturnType<typeof parse>['values'], 'help'>
type CommandName = Exclude<Command['name'], 'help'>

const SIZES = ['sample-rate', 'window-ms', 'hop-ms'] as const

/** Every command with the options it takes and what makes it of a file and their values. */
const COMMANDS: Record<
  CommandName,
  { takes: readonly (keyof Values)[]; make: (file: string, values: Values) => Command }
> = {
  features: { takes: ['out', 'frontend', 'model', 'engine', 'raw', 'sample-rate'], make: featuresCommand },
  detect: {
    takes: ['model', 'heads', 'raw', 'sample-rate'],
    make: (file, values) => ({
      name: 'detect',
      file,
      raw: rawSamples(values),
      model: values.model,
      heads: values.heads?.split(','),
    }),
  },
  evaluate: {
    takes: ['model', 'heads', 'map', 'split', 'sources', 'json', 'out'],
    make: (folder, { model, heads, map, split, sources, json = false, out }) => ({
      name: 'evaluate',
      ...{ folder, model, heads: heads?.split(','), map, split, sources: sources?.split(','), json, out },
    }),
  },
  import: { takes: ['out', 'labels', 'profile', ...SIZES], make: importCommand },
  export: { takes: ['out', 'layout'], make: exportCommand },
  info: {
    takes: ['profile', ...SIZES],
    make: (file, values) => ({ name: 'info', file, options: importOptions(values) }),
  },
}

/**
 * @param words the arguments after the program's name
 * @throws LeafError('arguments') naming what is wrong
 */
export function parseCommandLine(words: string[]): Command {
  const { values, positionals } = parse(words)
  const { help, ...options } = values
  const [name, ...files] = positionals
  if (help || words.length === 0) return { name: 'help' }
  if (!isCommand(name))
    throw usageError(
      name ? `There is no command ${name}.` : 'The command is missing.',
      `Say ${oneOf(Object.keys(COMMANDS))}`,
    )
  if (files.length !== 1)
    throw usageError(`${name} got ${files.length} files.`, 'Give one file, and options before a --')
  const { takes, make } = COMMANDS[name]
  const surplus = Object.keys(options).find((option) => !(takes as readonly string[]).includes(option))
  if (surplus) throw usageError(`${name} has no option --${surplus}.`, 'Leave it out')
  // As a variable of the shell that is not set.
  if (files[0] === '') throw usageError(`${name} got an empty name for its file.`, 'Give the path of a file')
  const empty = Object.entries(options).find(([, value]) => value === '')
  if (empty) throw usageError(`--${empty[0]} is empty.`, 'Give it a value or leave it out')
  return make(files[0], options)
}

function featuresCommand(file: string, options: Values): FeaturesCommand {
  const { out, frontend, model, engine = 'stream' } = options
  if (!out) throw usageError('features does not know where to write.', 'Add --out X.npy')
  if (frontend !== undefined && model !== undefined)
    throw usageError('--frontend and --model both name a frontend.', 'Give one of them')
  if (!isEngine(engine)) throw usageError(`There is no engine ${engine}.`, `Use ${oneOf(ENGINES)}`)
  return { name: 'features', file, raw: rawSamples(options), out, frontend, model, engine }
}

function importCommand(file: string, values: Values): ImportCommand {
  if (!values.out) throw usageError('import does not know where to write.', 'Add --out M.safetensors')
  const { out, labels } = values
  return { name: 'import', file, out, labels, options: importOptions(values) }
}

function exportCommand(frontend: string, { out, layout }: Values): ExportCommand {
  if (!layout || !exportLayouts.includes(layout))
    throw usageError(
      layout ? `There is no layout ${layout}.` : 'export does not know the layout.',
      `Add --layout with ${oneOf(exportLayouts)}`,
    )
  if (!out) throw usageError('export does not know where to write.', 'Add --out FILE')
  return { name: 'export', frontend, layout, out }
}

function importOptions(values: Values): ImportOptions {
  const { profile } = values
  if (profile !== undefined && !isProfile(profile))
    throw usageError(`There is no profile ${profile}.`, `Use ${oneOf(profileNames)}`)
  const [sampleRate, windowMs, hopMs] = SIZES.map((option) => positive(option, values[option]))
  return { profile, sampleRate, windowMs, hopMs }
}

/** What samples without a header are, where --raw says that the file holds such. */
function rawSamples({ raw, 'sample-rate': rate }: Values): RawSamples | undefined {
  if (raw === undefined) {
    if (rate !== undefined) throw usageError('--sample-rate goes with --raw.', 'Leave it out')
    return undefined
  }
  if (raw !== 'int16' && raw !== 'float32')
    throw usageError(`There is no format of raw samples ${raw}.`, 'Use int16 or float32')
  const sampleRate = positive('sample-rate', rate)
  if (sampleRate === undefined)
    throw usageError('--raw does not say how many samples a second has.', 'Add --sample-rate HZ')
  return { format: raw, sampleRate }
}

function positive(option: string, text: string | undefined): number | undefined {
  const value = Number(text ?? 1)
  if (!(value > 0 && value < Number.POSITIVE_INFINITY))
    throw usageError(`--${option} is ${text}.`, 'Give a number above 0')
  return text === undefined ? undefined : value
}

function isCommand(name: string | undefined): name is CommandName {
  return name !== undefined && Object.hasOwn(COMMANDS, name)
}

function isEngine(name: string): name is EngineName {
  return (ENGINES as readonly string[]).includes(name)
}

function isProfile(name: string): name is Profile {
  return (profileNames as string[]).includes(name)
}

function parse(words: string[]) {
  try {
    return parseArgs({ args: words, options: OPTIONS, allowPositionals: true })
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\. |\n/)
    throw usageError(`${sentence.replace(/\.$/, '')}.`, dashRemedy(words))
  }
}

/** A file's name that begins with a dash looks like options. */
function dashRemedy(words: string[]): string {
  const name = words.find((word) => word !== '-h' && /^-[^-]|^--[^=]*\./.test(word))
  if (name === undefined) return 'Check the options'
  return `Check the options; if ${name} is a file, put it last, after --, or write --out=${name}`
}

function oneOf(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`
}

function usageError(sentence: string, remedy: string): LeafError {
  return new LeafError('arguments', sentence, `${remedy}; --help shows every option.`)
}
