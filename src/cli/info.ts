import { print, readBytes } from '../files/index.ts'
import { type FrontendDescription, geometryOf } from '../frontend/index.ts'
import {
  fileKind,
  type Head,
  type ImportOptions,
  importFrontend,
  type Model,
  placesOf,
  readFrontend,
  readModel,
} from '../model/index.ts'
import { chooseFrontend, isPreset, isText, parseDescription } from './choose-frontend.ts'
import type { InfoCommand } from './command-line.ts'
import { frontendSummary } from './frontend-summary.ts'
import { importReport, table } from './import-report.ts'

type Rows = [string, string][]

/** Prints what a file is: a model, a frontend, or weights of another library and what importing them would do. */
export async function info({ file, options }: InfoCommand): Promise<void> {
  const rows = isPreset(file)
    ? described('a preset', await chooseFrontend({ frontend: file }))
    : await describe(file, options)
  print(table(rows))
}

async function describe(file: string, options: ImportOptions): Promise<Rows> {
  const bytes = await readBytes(file)
  if (isText(bytes) && new TextDecoder().decode(bytes.subarray(0, 64)).trimStart().startsWith('{'))
    return described("a frontend's description", parseDescription(bytes, file))
  switch (fileKind(bytes)) {
    case 'model':
      return modelRows(readModel(bytes))
    case 'frontend':
      return described('a frontend', readFrontend(bytes))
    case 'checkpoint': {
      const imported = importFrontend(bytes, options)
      return [...importReport(imported), ...frontendSummary(imported.frontend)]
    }
  }
}

function described(what: string, frontend: FrontendDescription): Rows {
  return [['what', what], ...frontendSummary(frontend)]
}

function modelRows({ card, labels, heads, classifier, frontend }: Model): Rows {
  const { hop, sampleRate } = geometryOf(frontend)
  const seconds = (frames: number) => `${Number(((frames * hop) / sampleRate).toPrecision(4))} s`
  const count = classifier.weights.reduce((sum, { values }) => sum + values.length, 0)
  return [
    ['what', `a model: ${card.name}`],
    ...(heads ? headRows(heads, labels) : [['labels', labels.join(', ')] as [string, string]]),
    [
      'classifier',
      `${count} weights, windows of ${seconds(classifier.windowFrames)} every ${seconds(classifier.hopFrames)}`,
    ],
    ...frontendSummary(frontend),
  ]
}

function headRows(heads: readonly Head[], labels: readonly string[]): Rows {
  return placesOf(heads).map(({ name, start, end }) => [`head ${name}`, labels.slice(start, end).join(', ')])
}
