import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

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

/** Examples in IndexedDB. What goes wrong is thrown as the browser names it. */
export class Database {
  readonly #database: IDBPDatabase<Schema>

  private constructor(database: IDBPDatabase<Schema>) {
    this.#database = database
  }

  static async open(name: string): Promise<Database> {
    const database = await openDB<Schema>(name, VERSION, {
      upgrade(created) {
        created.createObjectStore('classes', { keyPath: 'id' })
        created.createObjectStore('examples', { keyPath: 'id' })
        created.createObjectStore('sounds')
      },
    })
    return new Database(database)
  }

  /** In the order of their ids. */
  async read(): Promise<{ classes: ClassRecord[]; examples: ExampleRecord[] }> {
    const [classes, examples] = await Promise.all([
      this.#database.getAll('classes'),
      this.#database.getAll('examples'),
    ])
    return { classes, examples }
  }

  sound(id: number): Promise<Int16Array | undefined> {
    return this.#database.get('sounds', id)
  }

  /** Classes and examples with their sounds, all or none. @param sounds of new examples, by their ids */
  async put(
    classes: readonly ClassRecord[],
    examples: readonly ExampleRecord[],
    sounds: ReadonlyMap<number, Int16Array>,
  ): Promise<void> {
    const transaction = this.#database.transaction(STORES, 'readwrite')
    await Promise.all([
      ...classes.map((record) => transaction.objectStore('classes').put(record)),
      ...examples.map((record) => transaction.objectStore('examples').put(record)),
      ...Array.from(sounds, ([id, sound]) => transaction.objectStore('sounds').put(sound, id)),
      transaction.done,
    ])
  }

  /** By their ids, all or none; an example with its sound. */
  async remove(classes: readonly number[], examples: readonly number[]): Promise<void> {
    const transaction = this.#database.transaction(STORES, 'readwrite')
    await Promise.all([
      ...classes.map((id) => transaction.objectStore('classes').delete(id)),
      ...examples.flatMap((id) => [
        transaction.objectStore('examples').delete(id),
        transaction.objectStore('sounds').delete(id),
      ]),
      transaction.done,
    ])
  }

  close(): void {
    this.#database.close()
  }
}
