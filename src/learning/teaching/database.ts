import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { withinSeconds } from '../../within-seconds.ts'

/** Stored form of a class. */
export interface ClassRecord {
  readonly id: number
  readonly name: string
  /** Number of the deletion that removed it, 0 while it is not deleted. */
  readonly deleted: number
}

/** Stored form of an example, without its sound. */
export interface ExampleRecord {
  readonly id: number
  readonly classId: number
  readonly recording: string
  /** Length of its sound, samples. */
  readonly samples: number
  readonly deleted: number
}

interface Schema extends DBSchema {
  classes: { key: number; value: ClassRecord }
  examples: { key: number; value: ExampleRecord }
  sounds: { key: number; value: Int16Array }
}

const STORES = ['classes', 'examples', 'sounds'] as const
const VERSION = 1
/** Timeout of a transaction. Chosen, not fitted: a class of examples takes a second or two on a slow disk. */
const TIMEOUT_SECONDS = 30

/** IndexedDB access. Methods reject with the browser's DOMException, or TooLate after a timeout. */
export class Database {
  readonly #database: IDBPDatabase<Schema>

  private constructor(database: IDBPDatabase<Schema>) {
    this.#database = database
  }

  /** @param seconds timeout: opening blocks while another page deletes or upgrades the database */
  static async open(name: string, seconds: number): Promise<Database> {
    const opening = openDB<Schema>(name, VERSION, {
      upgrade(created) {
        created.createObjectStore('classes', { keyPath: 'id' })
        created.createObjectStore('examples', { keyPath: 'id' })
        created.createObjectStore('sounds')
      },
    })
    try {
      return new Database(await withinSeconds(seconds, opening))
    } catch (error) {
      // A connection that opens after the timeout would block other pages.
      opening.then(
        (late) => late.close(),
        () => {},
      )
      throw error
    }
  }

  /** All records, ordered by id. */
  async read(): Promise<{ classes: ClassRecord[]; examples: ExampleRecord[] }> {
    const [classes, examples] = await withinSeconds(
      TIMEOUT_SECONDS,
      Promise.all([this.#database.getAll('classes'), this.#database.getAll('examples')]),
    )
    return { classes, examples }
  }

  sound(id: number): Promise<Int16Array | undefined> {
    return withinSeconds(TIMEOUT_SECONDS, this.#database.get('sounds', id))
  }

  /** Writes records and sounds in one transaction. @param sounds of new examples, by id */
  async put(
    classes: readonly ClassRecord[],
    examples: readonly ExampleRecord[],
    sounds: ReadonlyMap<number, Int16Array>,
  ): Promise<void> {
    const transaction = this.#database.transaction(STORES, 'readwrite')
    const written = Promise.all([
      ...classes.map((record) => transaction.objectStore('classes').put(record)),
      ...examples.map((record) => transaction.objectStore('examples').put(record)),
      ...Array.from(sounds, ([id, sound]) => transaction.objectStore('sounds').put(sound, id)),
      transaction.done,
    ])
    await withinSeconds(TIMEOUT_SECONDS, written)
  }

  /** Deletes records by id, examples with their sounds, in one transaction. */
  async remove(classes: readonly number[], examples: readonly number[]): Promise<void> {
    const transaction = this.#database.transaction(STORES, 'readwrite')
    const removed = Promise.all([
      ...classes.map((id) => transaction.objectStore('classes').delete(id)),
      ...examples.flatMap((id) => [
        transaction.objectStore('examples').delete(id),
        transaction.objectStore('sounds').delete(id),
      ]),
      transaction.done,
    ])
    await withinSeconds(TIMEOUT_SECONDS, removed)
  }

  close(): void {
    this.#database.close()
  }
}
