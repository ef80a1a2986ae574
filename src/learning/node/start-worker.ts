import { rmSync } from 'node:fs'
import { mkdir, mkdtemp } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

/** In the repository: what the bundle does not hold, the packages, is found from there. */
const CACHE = fileURLToPath(new URL('../../../.cache', import.meta.url))

/**
 * Starts a worker thread from a TypeScript module. A thread has no loader of TypeScript: one of its own would take
 * seconds for some 150 files, bundling them takes a tenth of one. The bundle goes when the thread or the process ends.
 */
export async function startWorker(module: URL, workerData: unknown): Promise<Worker> {
  const { rolldown } = await import('rolldown')
  await mkdir(CACHE, { recursive: true })
  const folder = await mkdtemp(join(CACHE, 'thread-'))
  const bundle = await rolldown({
    input: { thread: fileURLToPath(module) },
    platform: 'node',
    external: (id) => !id.startsWith('.') && !isAbsolute(id),
  })
  await bundle.write({ dir: folder, entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' })
  await bundle.close()
  const worker = new Worker(join(folder, 'thread.mjs'), { workerData })
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  worker.once('exit', () => {
    process.off('exit', remove)
    remove()
  })
  return worker
}
