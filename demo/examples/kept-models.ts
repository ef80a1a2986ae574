import { type DBSchema, openDB } from 'idb'
import { LeafError } from '../../src/error.ts'
import { showUnkept } from '../common/index.ts'

interface Schema extends DBSchema {
  models: { key: KeptName; value: Uint8Array }
}

/** As it came out of the last teaching; with PCEN adapted to a room; a file that was loaded to be tried. */
export type KeptName = 'taught' | 'adapted' | 'opened'

const open = () =>
  openDB<Schema>('leaf-models', 1, {
    upgrade(database) {
      database.createObjectStore('models')
    },
  })

/** Those that the browser would not keep. */
const unkept = new Map<KeptName, Uint8Array>()

/** One after the other: the last one asked for is the one that is kept. */
let keeping: Promise<unknown> = Promise.resolve()

/** Keeps a model file in the browser, for the next visit. @returns whether it is kept; the user is told until it is */
export function keepModel(model: Uint8Array, name: KeptName): Promise<boolean> {
  const kept = keeping.then(() => keep(model, name))
  keeping = kept
  return kept
}

async function keep(model: Uint8Array, name: KeptName): Promise<boolean> {
  try {
    const database = await open()
    try {
      await database.put('models', model, name)
    } finally {
      database.close()
    }
    unkept.delete(name)
    showUnkept(`${name} model`, null)
    return true
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause)
    const error = new LeafError(
      'storage',
      `The browser does not keep your ${name} model (${reason}); it is there until the page is closed.`,
      'Save it as a file, or free room on the disk and try again.',
      { cause },
    )
    unkept.set(name, model)
    showUnkept(`${name} model`, error, () => keepModel(model, name))
    return false
  }
}

/** The model that was kept, or was to be; null where there is none. */
export async function keptModel(name: KeptName): Promise<Uint8Array | null> {
  const here = unkept.get(name)
  if (here) return here
  try {
    const database = await open()
    const model = await database.get('models', name)
    database.close()
    return model ?? null
  } catch {
    // Where nothing can be kept nothing was: keeping says so when it is tried.
    return null
  }
}
