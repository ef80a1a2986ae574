import { type DBSchema, openDB } from 'idb'
import { showProblem } from '../common/index.ts'

interface Schema extends DBSchema {
  models: { key: KeptName; value: Uint8Array }
}

/** As it came out of the last teaching; with PCEN adapted to a room. */
export type KeptName = 'taught' | 'adapted'

const open = () =>
  openDB<Schema>('leaf-models', 1, {
    upgrade(database) {
      database.createObjectStore('models')
    },
  })

/** Keeps a model file in the browser, for the next visit. @returns whether it is kept; the user is told if not */
export async function keepModel(model: Uint8Array, name: KeptName): Promise<boolean> {
  try {
    const database = await open()
    await database.put('models', model, name)
    database.close()
    return true
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    showProblem(new Error(`The browser does not keep the model (${reason}). Save it as a file.`))
    return false
  }
}

/** The model that was kept; null where there is none. */
export async function keptModel(name: KeptName): Promise<Uint8Array | null> {
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
