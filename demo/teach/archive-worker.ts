// The worker that unpacks an archive of examples: it may hold hours of sound.
import { expose, transfer } from 'comlink'
import { parse } from 'csv-parse/browser/esm/sync'
import { type Answer, answer } from '../../src/answer.ts'
import { cellText, csvColumns, csvText } from '../../src/csv.ts'
import { LeafError } from '../../src/error.ts'
import { type ZipEntry, ZipError, zipEntries } from '../../src/zip.ts'
import { MANIFEST } from './manifest.ts'

/** An example as the manifest names it. */
export interface ArchivedExample {
  readonly file: string
  readonly label: string
  /** What it was cut from. */
  readonly group: string | undefined
}

/** What the page asks of the worker: first to open an archive, then for the bytes of its examples. */
export interface ArchiveWorker {
  open(file: File): Promise<Answer<readonly ArchivedExample[]>>
  read(path: string): Promise<Answer<Uint8Array>>
}

/** Bytes of an archive, packed and unpacked: more than ten hours of examples. */
const ARCHIVE_LIMIT = 2 ** 30
/** Bytes of one example. */
const EXAMPLE_LIMIT = 2 ** 26
/** Bytes of the manifest: a hundred thousand lines, read at once in some tenths of a second. */
const MANIFEST_LIMIT = 2 ** 23

let archive = ''
let files: ReadonlyMap<string, ZipEntry> = new Map()

const worker: ArchiveWorker = {
  open: (file) =>
    answer(async () => {
      archive = file.name
      files = await contentsOf(file)
      return rowsOf(unpacked(MANIFEST, `it has no ${MANIFEST}`, MANIFEST_LIMIT))
    }),
  async read(path) {
    const result = await answer(() => unpacked(path, `its ${MANIFEST} names ${path}, which is not there`))
    return transfer(result, 'value' in result ? [result.value.buffer] : [])
  },
}

/** What is in the file by name, each unpacked when it is asked for. Sizes are judged before anything is. */
async function contentsOf(file: File): Promise<ReadonlyMap<string, ZipEntry>> {
  if (file.size > ARCHIVE_LIMIT) throw noArchive(`it has more than ${ARCHIVE_LIMIT} bytes`)
  const bytes = new Uint8Array(await file.arrayBuffer())
  const entries = unzipping(() => zipEntries(bytes))
  if (entries.reduce((sum, { size }) => sum + size, 0) > ARCHIVE_LIMIT)
    throw noArchive(`it unpacks to more than ${ARCHIVE_LIMIT} bytes`)
  return new Map(entries.map((entry) => [entry.name, entry]))
}

function rowsOf(manifest: Uint8Array): ArchivedExample[] {
  let rows: Record<string, string>[]
  try {
    rows = parse(csvText(manifest), { columns: csvColumns, bom: true, skip_empty_lines: true })
  } catch (cause) {
    throw noArchive(`its ${MANIFEST} is damaged (${(cause as Error).message})`, cause)
  }
  return rows.map(({ file, label, group }) => {
    if (!label) throw noArchive(`its ${MANIFEST} has no label for ${file}`)
    return { file, label: cellText(label), group }
  })
}

/** @param missing what is said where there is no such file */
function unpacked(path: string, missing: string, limit = EXAMPLE_LIMIT): Uint8Array<ArrayBuffer> {
  const entry = files.get(path)
  if (!entry) throw noArchive(missing)
  if (entry.size > limit) throw noArchive(`${entry.name} has more than ${limit} bytes`)
  // A copy of its own, which can be handed over: what is stored is a view of the archive.
  return new Uint8Array(unzipping(() => entry.read()))
}

function unzipping<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (!(cause instanceof ZipError)) throw cause
    throw noArchive(`the ZIP file ${cause.message}`, cause)
  }
}

function noArchive(why: string, cause?: unknown): LeafError {
  return new LeafError(
    'audio-file',
    `${archive} holds no examples: ${why}.`,
    'Choose a file that Save examples has written.',
    { cause },
  )
}

expose(worker)
