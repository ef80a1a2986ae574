import type { Page } from 'playwright'
import type { ServedPage } from '../../browser/harness.ts'
import type { Project } from './project.ts'

/** One way in which the library is used: in a page that is served, or in Node. */
export type Way = Served | Run

/** One way in which the page is served. */
export interface Served {
  readonly name: string
  serve(project: Project): Promise<ServedPage>
  /** Of the browser, besides those of every test. */
  readonly flags?: readonly string[]
  /** What is to be seen; left out: both workers run. */
  readonly look?: (page: Page) => Promise<void>
}

/** A program of its own, which throws where something is not as it should be. */
export interface Run {
  readonly name: string
  /**
   * @param microphone a sound file of speech
   * @returns why it cannot be tried on this machine, or nothing
   */
  run(project: Project, microphone: string): Promise<string | undefined>
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
