import type { Page } from 'playwright'
import type { ServedPage } from '../../browser/harness.ts'
import type { Project } from './project.ts'

/** One way in which the page is served. */
export interface Way {
  readonly name: string
  serve(project: Project): Promise<ServedPage>
  /** What is to be seen; left out: both workers run. */
  readonly look?: (page: Page) => Promise<void>
}

/** A tool or host that people use the library with. */
export interface Environment {
  readonly name: string
  /** Folders of `projects`, one over the other. */
  readonly layers: readonly string[]
  /** At exact versions. */
  readonly packages: Readonly<Record<string, string>>
  /** What its package.json says besides. */
  readonly manifest?: object
  readonly ways: readonly Way[]
}
