// The worker that reads a file of Look: the checkpoint of a whole network takes long.
import { expose } from 'comlink'
import { type Answer, answer } from '../../src/answer.ts'
import { type FrontendDescription, parseFrontend } from '../../src/frontend/index.ts'
import { type Clipped, fileKind, importFrontend, readFrontend } from '../../src/model/index.ts'

/** A frontend out of a file. */
export interface FoundFrontend {
  readonly frontend: FrontendDescription
  /** What came of reading it, a sentence each. */
  readonly notes: readonly string[]
}

/** What the page asks of the worker. */
export interface ReadingWorker {
  read(file: File): Promise<Answer<FoundFrontend>>
}

const worker: ReadingWorker = { read: (file) => answer(() => frontendIn(file)) }

/** @throws LeafError `model-file` or `description` where the file holds no frontend */
async function frontendIn(file: File): Promise<FoundFrontend> {
  const origin = `Read from ${file.name}`
  if (/\.json$/i.test(file.name)) return { frontend: await readJson(file), notes: [`${origin}.`] }
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (fileKind(bytes) !== 'checkpoint') return { frontend: readFrontend(bytes), notes: [`${origin}.`] }
  const { frontend, library, clipped, notes } = importFrontend(bytes)
  return {
    frontend,
    notes: [
      `${origin}: weights of ${library}, taken to be for sound at 16 kHz.`,
      ...(clipped.length > 0 ? [clippedText(clipped)] : []),
      ...notes,
    ],
  }
}

function clippedText(clipped: readonly Clipped[]): string {
  const where = clipped.map(({ parameter, channels }) => {
    const [, name] = parameter.split('.')
    return `${name} in ${channels.length} ${channels.length === 1 ? 'filter' : 'filters'}`
  })
  return `Values beyond their bounds were set to them: ${where.join(', ')}.`
}

async function readJson(file: File): Promise<FrontendDescription> {
  let value: unknown
  try {
    value = JSON.parse(await file.text())
  } catch {
    // Says below, as of any other value, what a description has to be.
  }
  return parseFrontend(value)
}

expose(worker)
