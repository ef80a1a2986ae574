import { parse } from 'csv-parse/browser/esm/sync'
import { strToU8, Zip, ZipPassThrough } from 'fflate'
import { encodeWav } from '../../src/audio/index.ts'
import { cellText, csvCell, csvColumns, csvText } from '../../src/csv.ts'
import { LeafError } from '../../src/error.ts'
import { nameKey } from '../../src/events/index.ts'
import type { ExampleStore } from '../../src/learning/teaching/index.ts'
import { nextTask } from '../../src/next-task.ts'
import { type ZipEntry, ZipError, zipEntries } from '../../src/zip.ts'
import { decodeFile } from '../examples/index.ts'
import { KnownSounds } from './known-sounds.ts'

const MANIFEST = 'manifest.csv'
/** Bytes of an archive, packed and unpacked: more than ten hours of examples. */
const ARCHIVE_LIMIT = 2 ** 30
/** Bytes of one example. */
const EXAMPLE_LIMIT = 2 ** 26
/** Bytes of the manifest: a hundred thousand lines, read at once in some tenths of a second. */
const MANIFEST_LIMIT = 2 ** 23
/** Of the recordings of a class, in turn: what `npm run train` learns from, checks on and tests on. */
const SPLITS = ['train', 'train', 'train', 'valid', 'test']

/** All examples as WAV files in a ZIP file, with the manifest that `npm run train` reads. @throws LeafError `storage` */
export async function pack(store: ExampleStore): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  const zip = new Zip((error, part) => {
    if (error) throw error
    parts.push(part as Uint8Array<ArrayBuffer>)
  })
  const put = (name: string, content: Uint8Array) => {
    const file = new ZipPassThrough(name)
    zip.add(file)
    file.push(content, true)
  }
  const lines = ['file,label,split,group']
  const classes = store.classes.map(({ name }) => name)
  const recordings = new Map<string, string[]>(classes.map((name) => [name, []]))
  for (const { id, label, recording } of store.list()) {
    const own = recordings.get(label)!
    if (!own.includes(recording)) own.push(recording)
    const file = `${classes.indexOf(label) + 1}/${id}.wav`
    const split = SPLITS[own.indexOf(recording) % SPLITS.length]
    lines.push([file, label, split, recording].map(csvCell).join(','))
    put(file, encodeWav(await store.sound(id), store.sampleRate, 'int16'))
  }
  put(MANIFEST, strToU8(`${lines.join('\n')}\n`))
  zip.end()
  return new Blob(parts, { type: 'application/zip' })
}

/** How an archive is unpacked. */
export interface UnpackOptions {
  /** Gives up; what came before is there then. */
  readonly signal: AbortSignal
  /** Told before each example how many are there, of how many. */
  readonly onProgress: (done: number, all: number) => void
}

/**
 * Adds the examples of such a file to those that are there, without those that are there already.
 *
 * @returns how many were not added, and of how many
 * @throws LeafError `audio-file` for a file that is no archive of examples, or an example that is no sound; what came
 * before it is there then. The signal's reason
 */
export async function unpack(
  file: File,
  store: ExampleStore,
  { signal, onProgress }: UnpackOptions,
): Promise<{ known: number; all: number }> {
  const files = await contentsOf(file)
  const manifest = files.get(MANIFEST)
  if (!manifest) throw noArchive(file.name, `it has no ${MANIFEST}`)
  const rows = rowsOf(file.name, unpacked(file.name, manifest, MANIFEST_LIMIT))
  const sounds = new KnownSounds(store)
  let known = 0
  for (const [i, { file: path, label: cell, group }] of rows.entries()) {
    onProgress(i, rows.length)
    // Also where an example takes no time: a page that stops has to be heard.
    await nextTask()
    signal.throwIfAborted()
    const entry = files.get(path)
    if (!entry || !cell) throw noArchive(file.name, `its ${MANIFEST} names ${path}, which is not there`)
    const label = cellText(cell)
    const content = unpacked(file.name, entry) as Uint8Array<ArrayBuffer>
    if (!store.classes.some(({ name }) => nameKey(name) === nameKey(label))) await store.addClass(label)
    const sound = await decodeFile(new File([content], path), store.sampleRate)
    if (await sounds.has(label, group, sound)) known++
    else await store.add(label, [sound], group)
  }
  return { known, all: rows.length }
}

function rowsOf(name: string, manifest: Uint8Array): Record<string, string>[] {
  try {
    return parse(csvText(manifest), { columns: csvColumns, bom: true, skip_empty_lines: true })
  } catch (cause) {
    throw noArchive(name, `its ${MANIFEST} is damaged (${(cause as Error).message})`, cause)
  }
}

/** What is in the file by name, each unpacked when it is asked for. Sizes are judged before anything is. */
async function contentsOf(file: File): Promise<Map<string, ZipEntry>> {
  if (file.size > ARCHIVE_LIMIT) throw noArchive(file.name, `it has more than ${ARCHIVE_LIMIT} bytes`)
  const bytes = new Uint8Array(await file.arrayBuffer())
  const entries = unzipping(file.name, () => zipEntries(bytes))
  if (entries.reduce((sum, { size }) => sum + size, 0) > ARCHIVE_LIMIT)
    throw noArchive(file.name, `it unpacks to more than ${ARCHIVE_LIMIT} bytes`)
  return new Map(entries.map((entry) => [entry.name, entry]))
}

function unpacked(name: string, entry: ZipEntry, limit = EXAMPLE_LIMIT): Uint8Array {
  if (entry.size > limit) throw noArchive(name, `${entry.name} has more than ${limit} bytes`)
  return unzipping(name, () => entry.read())
}

function unzipping<T>(name: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (!(cause instanceof ZipError)) throw cause
    throw noArchive(name, `the ZIP file ${cause.message}`, cause)
  }
}

function noArchive(name: string, why: string, cause?: unknown): LeafError {
  return new LeafError(
    'audio-file',
    `${name} holds no examples: ${why}.`,
    'Choose a file that Save examples has written.',
    { cause },
  )
}
