import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const browserTests = ['test/browser/**/*.test.ts', 'test/consumers/**/*.test.ts']
/** Rooms whose files share processes and loaded modules: none leaves a state of the module behind. */
const sharing = [
  ...['audio-file', 'classifier', 'cli', 'demo', 'events', 'experiments', 'files', 'frame-channel'],
  ...['frontend', 'gradient', 'model', 'node', 'plan', 'sampling', 'view'],
  // TensorFlow.js alone takes seconds to load; whoever trains chooses the backend first.
  ...[
    'adaptation',
    'command',
    'data',
    'distillation',
    'evaluation',
    'network',
    'node',
    'optimiser',
    'random',
    'sound',
    'training',
  ].map((room) => `learning/${room}`),
]
  .map((room) => `test/${room}/**/*.test.ts`)
  // One test there puts another backend into TensorFlow.js, one here measures its process's heap.
  .concat('test/learning/teaching/!(training-backend).test.ts', 'test/engine/!(heap).test.ts')
const setupFiles = ['test/equal-numbers.ts']
const inNode = { setupFiles, maxWorkers: '100%', testTimeout: 60_000, sequence: { groupOrder: 0 } }
/** Browsers at once: each draws without a graphics card, and has to keep up with its audio clock. */
const browsers = Math.min(availableParallelism(), 2)

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: [...browserTests, ...sharing],
          ...inNode,
        },
      },
      {
        test: {
          ...{ name: 'node-sharing', include: sharing, isolate: false, ...inNode },
          // What a test puts in the place of a global is gone before the next.
          ...{ restoreMocks: true, unstubGlobals: true },
        },
      },
      {
        test: {
          name: 'browser',
          include: browserTests,
          // Real time on real audio clocks: after everything else is done.
          maxWorkers: browsers,
          // Playwright and Vite are loaded once for all files.
          isolate: false,
          globalSetup: 'test/browser/built-demo.ts',
          setupFiles,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 15_000 } },
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
