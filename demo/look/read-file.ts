import { releaseProxy, wrap } from 'comlink'
import { unpack } from '../../src/answer.ts'
import { LeafError } from '../../src/error.ts'
import { Lifeline } from '../../src/lifeline.ts'
import { startWorker, watchWorker } from '../../src/worker-script.ts'
import type { FoundFrontend, ReadingWorker } from './reading-worker.ts'

/**
 * The frontend in a file, read away from the page: a model or a frontend of this project, its JSON, or weights of another
 * library.
 *
 * @throws LeafError `model-file` or `description` where the file holds no frontend; `library-load` without the worker
 */
export async function readFrontendFile(file: File): Promise<FoundFrontend> {
  const life = new Lifeline()
  const started = startWorker(
    undefined,
    () => new Worker(new URL('./reading-worker.ts', import.meta.url), { type: 'module' }),
  )
  watchWorker(started, (cause) => life.end(unreadable(file, cause)))
  const remote = wrap<ReadingWorker>(started.worker)
  try {
    return unpack(await life.answer(() => remote.read(file)))
  } finally {
    remote[releaseProxy]()
    started.worker.terminate()
  }
}

function unreadable({ name }: File, cause: Error): LeafError {
  return new LeafError(
    'library-load',
    `What reads ${name} could not be started or broke (${cause.message}).`,
    'Reload the page, and check the connection.',
    { cause },
  )
}
