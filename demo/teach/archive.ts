import { strToU8, Zip, ZipPassThrough } from 'fflate'
import { encodeWav } from '../../src/audio/index.ts'
import { csvCell } from '../../src/csv.ts'
import { nameKey } from '../../src/events/index.ts'
import type { ExampleStore } from '../../src/learning/teaching/index.ts'
import { FileWorker } from '../common/index.ts'
import { decodeFile } from '../examples/index.ts'
import type { ArchiveWorker } from './archive-worker.ts'
import { KnownSounds } from './known-sounds.ts'
import { MANIFEST } from './manifest.ts'

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
 * before it is there then. `library-load` without the worker; the signal's reason
 */
export async function unpack(
  file: File,
  store: ExampleStore,
  { signal, onProgress }: UnpackOptions,
): Promise<{ known: number; all: number }> {
  const make = () => new Worker(new URL('./archive-worker.ts', import.meta.url), { type: 'module' })
  const archive = new FileWorker<ArchiveWorker>(file, make)
  try {
    const examples = await archive.ask((worker) => worker.open(file))
    const sounds = new KnownSounds(store)
    let known = 0
    for (const [i, { file: path, label, group }] of examples.entries()) {
      onProgress(i, examples.length)
      signal.throwIfAborted()
      const content = (await archive.ask((worker) => worker.read(path))) as Uint8Array<ArrayBuffer>
      signal.throwIfAborted()
      if (!store.classes.some(({ name }) => nameKey(name) === nameKey(label))) await store.addClass(label)
      const sound = await decodeFile(new File([content], path), store.sampleRate)
      if (await sounds.has(label, group, sound)) known++
      else await store.add(label, [sound], group)
    }
    return { known, all: examples.length }
  } finally {
    archive.end()
  }
}
