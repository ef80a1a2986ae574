import { Worker } from 'node:worker_threads'

/** Starts a worker thread. It does not inherit the loader of TypeScript files, so it first has to register its own. */
export function startWorker(module: URL, workerData: unknown): Worker {
  const start = `import('tsx/esm/api').then(({ register }) => {
    register()
    return import(${JSON.stringify(module.href)})
  })`
  return new Worker(start, { eval: true, workerData })
}
