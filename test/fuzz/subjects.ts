import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { preset } from '../../src/frontend/index.ts'
import {
  exportFrontend,
  exportLayouts,
  importFrontend,
  readFrontend,
  writeFrontend,
  writeModel,
} from '../../src/model/index.ts'
import { readSound } from '../audio-file/read-sound.ts'
import { tinyModel } from '../model/tiny-model.ts'

/** Something that reads files of strangers. */
export interface Subject {
  readonly name: 'models' | 'checkpoints' | 'sounds'
  /** Sound files to be spoilt. */
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  /** Mutations that the whole command tries. */
  readonly count: number
  read(file: Uint8Array): unknown
}

const SOUNDS = join(import.meta.dirname, '../audio-file/fixtures')
const small = preset('leaf', { channels: 4 })

/** Mutations that the whole command tries of each file of a folder. */
const EACH = 1000

/** The sounds of a folder that are read. */
export async function soundsOf(folder: string): Promise<Subject> {
  const files = []
  for (const name of readdirSync(folder).sort()) {
    const bytes = readFileSync(join(folder, name))
    const isRead = await readSound(bytes).then(
      () => true,
      () => false,
    )
    if (isRead) files.push({ name, bytes })
  }
  return { name: 'sounds', files, count: EACH * files.length, read: readSound }
}

export const subjects: readonly Subject[] = [
  {
    name: 'models',
    files: [
      { name: 'model', bytes: writeModel(tinyModel()) },
      { name: 'frontend', bytes: writeFrontend(small) },
    ],
    count: 20_000,
    // Of a whole model it reads all.
    read: (file) => readFrontend(file),
  },
  {
    name: 'checkpoints',
    files: exportLayouts.map((name) => ({ name, bytes: exportFrontend(small, name).bytes })),
    count: 10_000,
    read: (file) => importFrontend(file),
  },
  {
    name: 'sounds',
    files: readdirSync(SOUNDS)
      .filter((name) => !name.endsWith('.sh') && !name.endsWith('.aiff'))
      .map((name) => ({ name, bytes: readFileSync(join(SOUNDS, name)) })),
    count: 5_000,
    read: readSound,
  },
]
