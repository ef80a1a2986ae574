import { LeafError } from '../../error.ts'
import { TypedEventTarget } from '../../typed-events.ts'
import { withinSeconds } from '../../within-seconds.ts'
import { refused } from '../refused.ts'
import { Database } from './database.ts'
import { ExampleRecords } from './example-records.ts'
import { checkSound, type LabelledSound, toFloat32, toInt16 } from './labelled-sound.ts'
import { PageLock } from './page-lock.ts'

/** Sounds, a megabyte of them. */
const READ_AT_ONCE = 32

/** What a store of examples is opened with. */
export interface ExampleStoreOptions {
  /** Hz, that of the base model: examples of each rate are kept apart. */
  readonly sampleRate: number
  /** Of the database, "leaf-teaching" when left out. */
  readonly name?: string
  /** Seconds to wait for the browser's storage, 10 when left out: after them nothing is kept, as where it is refused. */
  readonly openSeconds?: number
}

/** A class and how much there is of it. */
export interface ClassInfo {
  readonly name: string
  readonly examples: number
  readonly seconds: number
}

/** An example without its sound. */
export interface ExampleInfo {
  readonly id: number
  readonly label: string
  readonly recording: string
  readonly seconds: number
}

/** Details of the events of a store. */
export interface ExampleStoreEvents {
  /** Classes or examples are others than before. */
  change: null
  /** Something could not be kept, or is kept again. */
  trouble: { readonly trouble: LeafError | null }
}

/**
 * Examples of named classes, kept in the browser's IndexedDB as 16 bits. Every change counts at once and is then
 * written; what cannot be written stays here, is told as `trouble`, and is written with the next change that can be.
 * Deleting can be undone until the store is closed. Main thread; two pages at once do not see each other's changes.
 */
export class ExampleStore extends TypedEventTarget<ExampleStoreEvents> {
  readonly sampleRate: number
  /** Sounds that are not written. */
  readonly #sounds = new Map<number, Int16Array>()
  #database: Database | null = null
  #lock: PageLock | null = null
  #trouble: LeafError | null = null
  #writing: Promise<void> = Promise.resolve()
  #records = new ExampleRecords([], [])

  private constructor(sampleRate: number) {
    super()
    this.sampleRate = sampleRate
  }

  /** Opens what was kept; where the browser refuses to keep anything, an empty store with its `trouble`. */
  static async open({
    sampleRate,
    name = 'leaf-teaching',
    openSeconds = 10,
  }: ExampleStoreOptions): Promise<ExampleStore> {
    const store = new ExampleStore(sampleRate)
    try {
      store.#lock = await withinSeconds(openSeconds, PageLock.hold(`${name}-${sampleRate}`))
      store.#database = await Database.open(`${name}-${sampleRate}`, openSeconds)
      const { classes, examples } = await store.#database.read()
      store.#records = new ExampleRecords(classes, examples)
    } catch (cause) {
      // What was not read must not be written over.
      store.#database?.close()
      store.#database = null
      store.#trouble = refusedStorage(cause)
      return store
    }
    // What another page has deleted may be undone there.
    if (store.#lock.isFirst) await store.purge()
    else store.#records.forgetDeleted()
    return store
  }

  /** Why something is not kept, with what to do; null when everything is. */
  get trouble(): LeafError | null {
    return this.#trouble
  }

  /** In the order in which they were added. */
  get classes(): ClassInfo[] {
    const classes = new Map(
      this.#records.classes.map(({ id, name }) => [id, { name, examples: 0, seconds: 0 }]),
    )
    for (const { classId, samples } of this.#records.examples) {
      const own = classes.get(classId)!
      own.examples++
      own.seconds += samples / this.sampleRate
    }
    return [...classes.values()]
  }

  /** In the order in which they were added. @param label of one class; left out, of all */
  list(label?: string): ExampleInfo[] {
    const only = label === undefined ? undefined : this.#records.classOf(label).id
    const names = new Map(this.#records.classes.map(({ id, name }) => [id, name]))
    return this.#records.examples
      .filter(({ classId }) => only === undefined || classId === only)
      .map(({ id, classId, recording, samples }) => ({
        ...{ id, label: names.get(classId)!, recording },
        seconds: samples / this.sampleRate,
      }))
  }

  /** @throws LeafError `arguments` for a name that is there or is none */
  async addClass(name: string): Promise<void> {
    this.#records.addClass(name)
    await this.#changedNow()
  }

  /** @throws LeafError `arguments` for a class that is not there, or a name that is there or is none */
  async renameClass(name: string, to: string): Promise<void> {
    this.#records.renameClass(name, to)
    await this.#changedNow()
  }

  /** With its examples; can be undone. @throws LeafError `arguments` for a class that is not there */
  async deleteClass(name: string): Promise<void> {
    this.#records.deleteClass(name)
    await this.#changedNow()
  }

  /**
   * Adds examples of one recording to a class.
   *
   * @param sounds mono, at the store's rate, full scale ±1; what is beyond is clipped
   * @param recording what they were cut from, one of its own when left out: examples of one recording are learned from
   * together or held out together
   * @throws LeafError `arguments` for a class that is not there or a sound that is no example; nothing is added then
   */
  async add(label: string, sounds: readonly Float32Array[], recording?: string): Promise<ExampleInfo[]> {
    const { id: classId } = this.#records.classOf(label)
    for (const sound of sounds) checkSound(sound, label, this.sampleRate)
    const ids = sounds.map((sound) => {
      const id = this.#records.addExample(classId, sound.length, recording)
      this.#sounds.set(id, toInt16(sound))
      return id
    })
    await this.#changedNow()
    const added = new Set(ids)
    return this.list(label).filter(({ id }) => added.has(id))
  }

  /** Can be undone. Ids that are not there are passed over. */
  async delete(ids: readonly number[]): Promise<void> {
    this.#records.deleteExamples(ids)
    await this.#changedNow()
  }

  get canUndo(): boolean {
    return this.#records.lastDeletion > 0
  }

  /** Brings back what was deleted last. @throws LeafError `arguments` when its class's name is there again */
  async undo(): Promise<void> {
    this.#records.undo()
    await this.#changedNow()
  }

  /** Lets go for good of what was deleted, and of the room it takes. */
  async purge(): Promise<void> {
    for (const id of this.#records.purge()) this.#sounds.delete(id)
    await this.#changedNow()
  }

  /** The sound of an example, full scale ±1. @throws LeafError `arguments` for an id that is not there, `storage` */
  async sound(id: number): Promise<Float32Array> {
    return toFloat32(await this.#samplesOf(id))
  }

  /** All of them with their sounds, read some at a time: what a `Teacher` takes. @throws LeafError `storage` */
  async *examples(): AsyncGenerator<LabelledSound> {
    const all = this.list()
    for (let start = 0; start < all.length; start += READ_AT_ONCE) {
      const some = all.slice(start, start + READ_AT_ONCE)
      const sounds = await Promise.all(some.map(({ id }) => this.#samplesOf(id)))
      for (const [i, { label, recording }] of some.entries()) yield { label, recording, sound: sounds[i] }
    }
  }

  /** Writes what is not written yet. `trouble` says how it went. */
  save(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write())
    return this.#writing
  }

  /** Lets go of the database, after what is being written. */
  async close(): Promise<void> {
    await this.#writing
    this.#database?.close()
    this.#lock?.release()
  }

  #changedNow(): Promise<void> {
    this.emit('change', null)
    return this.save()
  }

  async #samplesOf(id: number): Promise<Int16Array> {
    if (!this.#records.has(id)) throw refused(`There is no example ${id}.`, 'Take an id of list().')
    const here = this.#sounds.get(id)
    if (here) return here
    const stored = await this.#database?.sound(id).catch((cause) => {
      throw refusedStorage(cause)
    })
    if (stored) return stored
    throw new LeafError('storage', `The browser has lost the sound of example ${id}.`, 'Delete the example.')
  }

  async #write(): Promise<void> {
    const records = this.#records.unwritten
    if (this.#database === null || records === null) return
    const sounds = new Map(this.#sounds)
    try {
      // What is gone first: it makes room for what has come.
      await this.#database.remove(gone(records.classes), gone(records.examples))
      await this.#database.put(there(records.classes), there(records.examples), sounds)
    } catch (cause) {
      this.#tell(refusedStorage(cause))
      return
    }
    this.#records.written(records)
    for (const id of sounds.keys()) this.#sounds.delete(id)
    this.#tell(null)
  }

  #tell(trouble: LeafError | null): void {
    if (trouble === null && this.#trouble === null) return
    this.#trouble = trouble
    this.emit('trouble', { trouble })
  }
}

const gone = (records: ReadonlyMap<number, unknown>) =>
  [...records].filter(([, record]) => record === null).map(([id]) => id)

const there = <Value>(records: ReadonlyMap<number, Value | null>) =>
  [...records.values()].filter((record) => record !== null)

function refusedStorage(cause: unknown): LeafError {
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
