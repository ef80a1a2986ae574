import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const browserTests = ['test/browser/**/*.test.ts', 'test/consumers/**/*.test.ts']

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: browserTests,
          maxWorkers: '100%',
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          // Real time on real audio clocks: one file at a time, after everything else is done.
          name: 'browser',
          include: browserTests,
          fileParallelism: false,
          globalSetup: 'test/browser/built-demo.ts',
          testTimeout: 120_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
