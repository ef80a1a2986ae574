import type { FrontendDescription } from '../../src/frontend/index.ts'
import { initialOf, type NamedFrontend } from '../common/index.ts'
import { readFrontendFile } from './read-file.ts'

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

/** @throws LeafError as reading the file does */
export async function subjectIn(file: File): Promise<Subject> {
  const { frontend, notes } = await readFrontendFile(file)
  return subject(file.name, frontend, notes)
}

function subject(title: string, learned: FrontendDescription, notes: readonly string[]): Subject {
  const initial = initialOf(learned)
  return { title, learned, initial, moved: JSON.stringify(initial) !== JSON.stringify(learned), notes }
}
