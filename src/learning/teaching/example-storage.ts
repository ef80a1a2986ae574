import { LeafError } from '../../error.ts'
import { withinSeconds } from '../../within-seconds.ts'
import { refused } from '../refused.ts'
import { Database } from './database.ts'
import { ExampleRecords } from './example-records.ts'
import { PageLock } from './page-lock.ts'

interface Connection {
  readonly database: Database | null
  readonly lock: PageLock | null
  readonly records: ExampleRecords
  readonly trouble: LeafError | null
}

/** Persistence of an ExampleStore: its records, the sounds not saved yet, and a queue of writes to IndexedDB. */
export class ExampleStorage {
  readonly records: ExampleRecords
  /** Called when `trouble` has changed. */
  onTrouble: (trouble: LeafError | null) => void = () => {}
  readonly #database: Database | null
  readonly #lock: PageLock | null
  readonly #unsavedSounds = new Map<number, Int16Array>()
  #trouble: LeafError | null
  #writing: Promise<void> = Promise.resolve()

  private constructor({ database, lock, records, trouble }: Connection) {
    this.#database = database
    this.#lock = lock
    this.records = records
    this.#trouble = trouble
  }

  /** Reads what is stored; where storage is unavailable, empty and with its `trouble`. @param seconds timeout */
  static async open(name: string, seconds: number): Promise<ExampleStorage> {
    let lock: PageLock | null = null
    let database: Database | null = null
    let records: ExampleRecords
    try {
      lock = await withinSeconds(seconds, PageLock.hold(name))
      database = await Database.open(name, seconds)
      const { classes, examples } = await database.read()
      records = new ExampleRecords(classes, examples)
    } catch (cause) {
      // Without the stored records a write could overwrite them.
      database?.close()
      const trouble = storageError(cause)
      return new ExampleStorage({ database: null, lock, records: new ExampleRecords([], []), trouble })
    }
    const storage = new ExampleStorage({ database, lock, records, trouble: null })
    // Another page may still undo its deletions.
    if (lock.isFirst) await storage.purge()
    else records.forgetDeleted()
    return storage
  }

  /** Why examples are not saved; null if all are. */
  get trouble(): LeafError | null {
    return this.#trouble
  }

  /** Keeps the sound of a new example in memory until it is saved. */
  addSound(id: number, sound: Int16Array): void {
    this.#unsavedSounds.set(id, sound)
  }

  /** @throws LeafError `arguments` for an unknown id, `storage` if the sound cannot be read */
  async sound(id: number): Promise<Int16Array> {
    if (!this.records.has(id)) throw refused(`There is no example ${id}.`, 'Take an id of list().')
    const unsaved = this.#unsavedSounds.get(id)
    if (unsaved) return unsaved
    const stored = await this.#database?.sound(id).catch((cause) => {
      throw storageError(cause)
    })
    if (stored) return stored
    throw new LeafError('storage', `The browser has lost the sound of example ${id}.`, 'Delete the example.')
  }

  /** Removes deleted records and their sounds for good, and saves. */
  purge(): Promise<void> {
    for (const id of this.records.purge()) this.#unsavedSounds.delete(id)
    return this.save()
  }

  /** Queues a write of all unsaved changes; a failure sets `trouble`. */
  save(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write())
    return this.#writing
  }

  /** Closes the database once pending writes are done. */
  async close(): Promise<void> {
    await this.#writing
    this.#database?.close()
    this.#lock?.release()
  }

  async #write(): Promise<void> {
    const changes = this.records.pending
    if (this.#database === null || changes === null) return
    const sounds = new Map(this.#unsavedSounds)
    try {
      // Deletions first: they free space for the additions.
      await this.#database.remove(deletedIds(changes.classes), deletedIds(changes.examples))
      await this.#database.put(recordsOf(changes.classes), recordsOf(changes.examples), sounds)
    } catch (cause) {
      this.#setTrouble(storageError(cause))
      return
    }
    this.records.markSaved(changes)
    for (const id of sounds.keys()) this.#unsavedSounds.delete(id)
    this.#setTrouble(null)
  }

  #setTrouble(trouble: LeafError | null): void {
    if (trouble === null && this.#trouble === null) return
    this.#trouble = trouble
    this.onTrouble(trouble)
  }
}

const deletedIds = (changes: ReadonlyMap<number, unknown>) =>
  [...changes].filter(([, record]) => record === null).map(([id]) => id)

const recordsOf = <Value>(changes: ReadonlyMap<number, Value | null>) =>
  [...changes.values()].filter((record) => record !== null)

function storageError(cause: unknown): LeafError {
  const isFull = cause instanceof DOMException && cause.name === 'QuotaExceededError'
  return isFull
    ? new LeafError(
        'storage',
        'The browser has no more room to keep examples; they are there until the page is closed.',
        'Delete some and purge them, or free room on the disk, then save again.',
        { cause },
      )
    : new LeafError(
        'storage',
        `The browser does not keep examples (${cause instanceof Error ? cause.message : cause}); they are there until the page is closed.`,
        'Allow this page to keep data, leave the private window, or save the taught model as a file.',
        { cause },
      )
}
