import { FileWorker } from '../common/index.ts'
import type { FoundFrontend, ReadingWorker } from './reading-worker.ts'

/**
 * The frontend in a file, read away from the page: a model or a frontend of this project, its JSON, or weights of another
 * library.
 *
 * @throws LeafError `model-file` or `description` where the file holds no frontend; `library-load` without the worker
 */
export async function readFrontendFile(file: File): Promise<FoundFrontend> {
  const make = () => new Worker(new URL('./reading-worker.ts', import.meta.url), { type: 'module' })
  const worker = new FileWorker<ReadingWorker>(file, make)
  try {
    return await worker.ask((remote) => remote.read(file))
  } finally {
    worker.end()
  }
}
