import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { withinSeconds } from '../../src/within-seconds.ts'

/** How a model came to be here: learned from examples, with PCEN adapted to a room, from a file. */
export type Origin = 'taught' | 'adapted' | 'opened'

/** What is known of a kept model beside its file. */
export interface ModelRecord {
  readonly id: string
  /** As its owner calls it. */
  readonly name: string
  readonly origin: Origin
  /** Milliseconds since 1970: when it was kept, and when it was chosen last. */
  readonly kept: number
  readonly chosen: number
}

/** A browser that does not answer for so long keeps nothing. */
const OPEN_SECONDS = 10

interface Schema extends DBSchema {
  records: { key: string; value: ModelRecord }
  files: { key: string; value: Uint8Array }
}

export type Library = IDBPDatabase<Schema>

/** Opens it for some work, and closes it after. */
export async function withLibrary<Result>(work: (library: Library) => Promise<Result>): Promise<Result> {
  const opening = openDB<Schema>('leaf-models', 2, {
    async upgrade(database, before, _, transaction) {
      database.createObjectStore('records', { keyPath: 'id' })
      database.createObjectStore('files')
      if (before === 0) return
      // One of each origin, under its name, as all there was in the first version.
      const old = transaction as unknown as {
        objectStore(name: string): { get(key: string): Promise<Uint8Array | undefined> }
      }
      for (const origin of ['opened', 'adapted', 'taught'] as const) {
        const file = await old.objectStore('models').get(origin)
        if (!file) continue
        const record = newRecord(origin, 'My sounds')
        await transaction.objectStore('records').put(record)
        await transaction.objectStore('files').put(file, record.id)
      }
      database.deleteObjectStore('models' as never)
    },
  })
  const library = await withinSeconds(OPEN_SECONDS, opening)
  try {
    return await work(library)
  } finally {
    library.close()
  }
}

export function newRecord(origin: Origin, name: string): ModelRecord {
  const now = Date.now()
  const id = Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) =>
    byte.toString(36).padStart(2, '0'),
  )
  return { id: id.join(''), name, origin, kept: now, chosen: now }
}
