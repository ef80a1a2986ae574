// Built once for all tests of the page; a test that changes its files builds its own.
import type { TestProject } from 'vitest/node'
import { buildDemo } from './demo-page.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the built page. */
    demo: string
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { folder, remove } = await buildDemo()
  project.provide('demo', folder)
  return remove
}
