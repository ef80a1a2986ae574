import { parse } from 'csv-parse/browser/esm/sync'
import { strToU8, unzipSync, Zip, ZipPassThrough } from 'fflate'
import { encodeWav } from '../../src/audio/index.ts'
import { LeafError } from '../../src/error.ts'
import type { ExampleStore } from '../../src/learning/teaching/index.ts'
import { decodeFile } from '../examples/index.ts'

const MANIFEST = 'manifest.csv'
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
    lines.push([file, label, split, recording].map(quoted).join(','))
    put(file, encodeWav(await store.sound(id), store.sampleRate, 'int16'))
  }
  put(MANIFEST, strToU8(`${lines.join('\n')}\n`))
  zip.end()
  return new Blob(parts, { type: 'application/zip' })
}

/**
 * Adds the examples of such a file to those that are there.
 *
 * @throws LeafError `audio-file` for a file that is no archive of examples, or an example that is no sound; what came
 * before it is there then
 */
export async function unpack(file: File, store: ExampleStore): Promise<void> {
  const files = contentsOf(file.name, new Uint8Array(await file.arrayBuffer()))
  const manifest = files[MANIFEST]
  if (!manifest) throw noArchive(file.name, `it has no ${MANIFEST}`)
  const rows: Record<string, string>[] = parse(new TextDecoder().decode(manifest), {
    columns: true,
    bom: true,
  })
  for (const { file: path, label, group } of rows) {
    const content = files[path]
    if (!content || !label) throw noArchive(file.name, `its ${MANIFEST} names ${path}, which is not there`)
    if (!store.classes.some(({ name }) => name === label)) await store.addClass(label)
    const sound = await decodeFile(new File([content as Uint8Array<ArrayBuffer>], path), store.sampleRate)
    await store.add(label, [sound], group)
  }
}

function contentsOf(name: string, bytes: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes)
  } catch (cause) {
    throw noArchive(name, 'it is no ZIP file', cause)
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

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
