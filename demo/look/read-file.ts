import { releaseProxy, wrap } from 'comlink'
import { unpack } from '../../src/answer.ts'
import { LeafError } from '../../src/error.ts'
import { Lifeline } from '../../src/lifeline.ts'
import { ScriptFailure, type StartedWorker, startWorker, watchWorker } from '../../src/worker-script.ts'
import type { FoundFrontend, ReadingWorker } from './reading-worker.ts'

/**
 * The frontend in a file, read away from the page: a model or a frontend of this project, its JSON, or weights of another
 * library.
 *
 * @throws LeafError `model-file` or `description` where the file holds no frontend; `library-load` without the worker
 */
export async function readFrontendFile(file: File): Promise<FoundFrontend> {
  const life = new Lifeline()
  const started = start(file)
  watchWorker(started, (cause) => life.end(unreadable(file, cause)))
  const remote = wrap<ReadingWorker>(started.worker)
  try {
    return unpack(await life.answer(() => remote.read(file)))
  } finally {
    remote[releaseProxy]()
    started.worker.terminate()
  }
}

function start(file: File): StartedWorker {
  try {
    const make = () => new Worker(new URL('./reading-worker.ts', import.meta.url), { type: 'module' })
    return startWorker(undefined, make)
  } catch (cause) {
    throw unreadable(file, cause)
  }
}

function unreadable({ name }: File, cause: unknown): LeafError {
  return new LeafError(
    'library-load',
    `What reads ${name} could not be started or broke (${cause instanceof Error ? cause.message : cause}).`,
    cause instanceof ScriptFailure ? cause.remedy : 'Choose the file again, or reload the page.',
    { cause },
  )
}
