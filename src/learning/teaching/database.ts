import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { withinSeconds } from '../../within-seconds.ts'

/** A class as it is stored. */
export interface ClassRecord {
  readonly id: number
  readonly name: string
  /** Number of the deletion that took it away, 0 while it is there. */
  readonly deleted: number
}

/** An example as it is stored, without its sound. */
export interface ExampleRecord {
  readonly id: number
  readonly classId: number
  readonly recording: string
  /** Samples of its sound. */
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
/** Writing a class of examples takes a second or two on a slow disk. */
const ANSWER_SECONDS = 30

/** Examples in IndexedDB. What goes wrong is thrown as the browser names it, or as TooLate where it never answers. */
export class Database {
  readonly #database: IDBPDatabase<Schema>

  private constructor(database: IDBPDatabase<Schema>) {
    this.#database = database
  }

  /** @param seconds to wait: the browser lets nobody in while another page deletes the database, or upgrades it */
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
      // One that comes too late must keep nobody else out.
      opening.then(
        (late) => late.close(),
        () => {},
      )
      throw error
    }
  }

  /** In the order of their ids. */
  async read(): Promise<{ classes: ClassRecord[]; examples: ExampleRecord[] }> {
    const [classes, examples] = await withinSeconds(
      ANSWER_SECONDS,
      Promise.all([this.#database.getAll('classes'), this.#database.getAll('examples')]),
    )
    return { classes, examples }
  }

  sound(id: number): Promise<Int16Array | undefined> {
    return withinSeconds(ANSWER_SECONDS, this.#database.get('sounds', id))
  }

  /** Classes and examples with their sounds, all or none. @param sounds of new examples, by their ids */
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
    await withinSeconds(ANSWER_SECONDS, written)
  }

  /** By their ids, all or none; an example with its sound. */
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
    await withinSeconds(ANSWER_SECONDS, removed)
  }

  close(): void {
    this.#database.close()
  }
}
