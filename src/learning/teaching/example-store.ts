import type { LeafError } from '../../error.ts'
import { type OptionNames, requireOptions } from '../../known-options.ts'
import { TypedEventTarget } from '../../typed-events.ts'
import type { ExampleRecords } from './example-records.ts'
import { ExampleStorage } from './example-storage.ts'
import { checkSound, type LabelledSound, requireRate, toFloat32, toInt16 } from './labelled-sound.ts'

/** Sounds per read: about 1 MB of one-second int16 sounds at 16 kHz. Chosen, not fitted. */
const READ_BATCH = 32

/** Options of `ExampleStore.open`. */
export interface ExampleStoreOptions {
  /** Hz, the base model's rate; each rate has its own database. */
  readonly sampleRate: number
  /** Database name, default "leaf-teaching". */
  readonly name?: string
  /** Timeout for the browser's storage, seconds, default 10; after it the store is in memory only. */
  readonly openSeconds?: number
}

const OPTIONS: OptionNames<ExampleStoreOptions> = { sampleRate: true, name: true, openSeconds: true }

/** A class, the number of its examples and their total duration. */
export interface ClassInfo {
  readonly name: string
  readonly examples: number
  readonly seconds: number
}

/** An example's metadata. */
export interface ExampleInfo {
  readonly id: number
  readonly label: string
  readonly recording: string
  readonly seconds: number
}

/** Events of a store and their details. */
export interface ExampleStoreEvents {
  /** Classes or examples have changed. */
  change: null
  /** A write failed, or succeeded again: null. */
  trouble: { readonly trouble: LeafError | null }
}

/**
 * Labelled examples, persisted in IndexedDB as int16. A change takes effect at once and is then written; if that fails it
 * is reported as `trouble`, kept in memory and retried with the next change. Deletions can be undone until the store is
 * closed. Main thread; two open pages do not see each other's changes.
 */
export class ExampleStore extends TypedEventTarget<ExampleStoreEvents> {
  readonly sampleRate: number
  readonly #storage: ExampleStorage

  private constructor(sampleRate: number, storage: ExampleStorage) {
    super()
    this.sampleRate = sampleRate
    this.#storage = storage
    storage.onTrouble = (trouble) => this.emit('trouble', { trouble })
  }

  /**
   * Opens the stored examples; where storage is unavailable, an empty store with its `trouble`.
   *
   * @throws LeafError `arguments` naming the option that is none, or without a sample rate
   */
  static async open(options: ExampleStoreOptions): Promise<ExampleStore> {
    requireOptions('ExampleStore.open()', options, OPTIONS)
    const { sampleRate, name = 'leaf-teaching', openSeconds = 10 } = options
    requireRate(sampleRate)
    return new ExampleStore(sampleRate, await ExampleStorage.open(`${name}-${sampleRate}`, openSeconds))
  }

  /** Why examples are not saved, with the remedy; null if all are. */
  get trouble(): LeafError | null {
    return this.#storage.trouble
  }

  /** In order of addition. */
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

  /** In order of addition. @param label a class; default all */
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

  /** @throws LeafError `arguments` for a name that is taken or invalid */
  async addClass(name: string): Promise<void> {
    this.#records.addClass(name)
    await this.#commit()
  }

  /** @throws LeafError `arguments` for an unknown class, or a new name that is taken or invalid */
  async renameClass(name: string, to: string): Promise<void> {
    this.#records.renameClass(name, to)
    await this.#commit()
  }

  /** Deletes a class with its examples; can be undone. @throws LeafError `arguments` for an unknown class */
  async deleteClass(name: string): Promise<void> {
    this.#records.deleteClass(name)
    await this.#commit()
  }

  /**
   * Adds examples of one recording to a class.
   *
   * @param sounds mono at the store's rate, full scale ±1, clipped beyond
   * @param recording group id, default a new one per sound: all examples of a group are trained on or all are held out
   * @throws LeafError `arguments` for an unknown class or an invalid sound; nothing is added then
   */
  async add(label: string, sounds: readonly Float32Array[], recording?: string): Promise<ExampleInfo[]> {
    const { id: classId } = this.#records.classOf(label)
    for (const sound of sounds) checkSound(sound, label, this.sampleRate)
    const ids = sounds.map((sound) => {
      const id = this.#records.addExample(classId, sound.length, recording)
      this.#storage.addSound(id, toInt16(sound))
      return id
    })
    await this.#commit()
    const added = new Set(ids)
    return this.list(label).filter(({ id }) => added.has(id))
  }

  /** Can be undone. Unknown ids are ignored. */
  async delete(ids: readonly number[]): Promise<void> {
    this.#records.deleteExamples(ids)
    await this.#commit()
  }

  get canUndo(): boolean {
    return this.#records.lastDeletion > 0
  }

  /** Undoes the latest deletion. @throws LeafError `arguments` if its class's name is taken again */
  async undo(): Promise<void> {
    this.#records.undo()
    await this.#commit()
  }

  /** Removes deleted classes and examples for good and frees their space. */
  async purge(): Promise<void> {
    const saved = this.#storage.purge()
    this.emit('change', null)
    await saved
  }

  /** The sound of an example, full scale ±1. @throws LeafError `arguments` for an unknown id, `storage` */
  async sound(id: number): Promise<Float32Array> {
    return toFloat32(await this.#storage.sound(id))
  }

  /** All examples with their sounds, as a `Teacher` takes them, read in batches. @throws LeafError `storage` */
  async *examples(): AsyncGenerator<LabelledSound> {
    const all = this.list()
    for (let start = 0; start < all.length; start += READ_BATCH) {
      const some = all.slice(start, start + READ_BATCH)
      const sounds = await Promise.all(some.map(({ id }) => this.#storage.sound(id)))
      for (const [i, { label, recording }] of some.entries()) yield { label, recording, sound: sounds[i] }
    }
  }

  /** Writes all unsaved changes. Resolves also on failure, which sets `trouble`. */
  save(): Promise<void> {
    return this.#storage.save()
  }

  /** Closes the database once pending writes are done. */
  close(): Promise<void> {
    return this.#storage.close()
  }

  get #records(): ExampleRecords {
    return this.#storage.records
  }

  #commit(): Promise<void> {
    this.emit('change', null)
    return this.save()
  }
}
