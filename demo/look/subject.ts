import { type FrontendDescription, parseFrontend } from '../../src/frontend/index.ts'
import { type Clipped, fileKind, importFrontend, readFrontend } from '../../src/model/index.ts'
import { initialOf, type NamedFrontend } from '../common/index.ts'

/** A frontend to look at. */
export interface Subject {
  /** For people. */
  readonly title: string
  readonly learned: FrontendDescription
  readonly initial: FrontendDescription
  /** Whether the two differ. */
  readonly moved: boolean
  /** What it is, a sentence each. */
  readonly notes: readonly string[]
}

/** @throws LeafError of its file */
export async function subjectOf({ name, sentence, load }: NamedFrontend): Promise<Subject> {
  return subject(name, await load(), [sentence])
}

/**
 * The frontend in a file: a model or a frontend of this project, its JSON, or weights of another library.
 * @throws LeafError `model-file` or `description` where the file holds no frontend
 */
export async function subjectIn(file: File): Promise<Subject> {
  const origin = `Read from ${file.name}`
  if (/\.json$/i.test(file.name)) return subject(file.name, await readJson(file), [`${origin}.`])
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (fileKind(bytes) !== 'checkpoint') return subject(file.name, readFrontend(bytes), [`${origin}.`])
  const { frontend, library, clipped, notes } = importFrontend(bytes)
  return subject(file.name, frontend, [
    `${origin}: weights of ${library}, taken to be for sound at 16 kHz.`,
    ...(clipped.length > 0 ? [clippedText(clipped)] : []),
    ...notes,
  ])
}

function clippedText(clipped: readonly Clipped[]): string {
  const where = clipped.map(({ parameter, channels }) => {
    const [, name] = parameter.split('.')
    return `${name} in ${channels.length} ${channels.length === 1 ? 'filter' : 'filters'}`
  })
  return `Values beyond their bounds were set to them: ${where.join(', ')}.`
}

async function readJson(file: File): Promise<FrontendDescription> {
  let value: unknown
  try {
    value = JSON.parse(await file.text())
  } catch {
    // Says below, as of any other value, what a description has to be.
  }
  return parseFrontend(value)
}

function subject(title: string, learned: FrontendDescription, notes: readonly string[]): Subject {
  const initial = initialOf(learned)
  return { title, learned, initial, moved: JSON.stringify(initial) !== JSON.stringify(learned), notes }
}
