import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const browserTests = ['test/browser/**/*.test.ts', 'test/consumers/**/*.test.ts']
// One more than there are cores, since the browser's tests mostly wait for sound to pass; few, since each has a browser.
const maxWorkers = Math.min(availableParallelism() + 1, 4)

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: browserTests,
          maxWorkers,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: browserTests,
          maxWorkers,
          globalSetup: 'test/browser/built-demo.ts',
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
