import { nameKey } from '../../events/index.ts'
import { refused } from '../refused.ts'
import type { ClassRecord, ExampleRecord } from './database.ts'
import { checkLabel } from './labelled-sound.ts'

/** Changes not yet saved: by id the record, or null for one to delete. */
export interface PendingWrites {
  readonly classes: ReadonlyMap<number, ClassRecord | null>
  readonly examples: ReadonlyMap<number, ExampleRecord | null>
}

const isLive = ({ deleted }: { readonly deleted: number }) => deleted === 0

/** In-memory records of classes and examples, with undo of deletions and tracking of unsaved changes. */
export class ExampleRecords {
  readonly #classes: Map<number, ClassRecord>
  readonly #examples: Map<number, ExampleRecord>
  readonly #changedClasses = new Set<number>()
  readonly #changedExamples = new Set<number>()
  #lastId: number
  #deletions = 0

  constructor(classes: readonly ClassRecord[], examples: readonly ExampleRecord[]) {
    this.#classes = new Map(classes.map((record) => [record.id, record]))
    this.#examples = new Map(examples.map((record) => [record.id, record]))
    this.#lastId = Math.max(0, ...this.#classes.keys(), ...this.#examples.keys())
    // Orphans: another page may have deleted the class of an example that this one added.
    for (const { id, classId } of examples) {
      if (this.#classes.has(classId)) continue
      this.#examples.delete(id)
      this.#changedExamples.add(id)
    }
  }

  /** Not deleted. */
  get classes(): ClassRecord[] {
    return [...this.#classes.values()].filter(isLive)
  }

  /** Not deleted. */
  get examples(): ExampleRecord[] {
    return [...this.#examples.values()].filter(isLive)
  }

  has(example: number): boolean {
    return this.#examples.has(example)
  }

  /** @throws LeafError `arguments` for an unknown class */
  classOf(name: string): ClassRecord {
    checkLabel(name)
    const record = this.#findClass(name)
    if (record) return record
    throw refused(`There is no class ${JSON.stringify(name)}.`, 'Add it first.')
  }

  /** @throws LeafError `arguments` for a name that is taken or invalid */
  addClass(name: string): void {
    this.#requireUnused(name)
    this.#setClass({ id: this.#newId(), name, deleted: 0 })
  }

  /** @throws LeafError `arguments` */
  renameClass(name: string, to: string): void {
    const record = this.classOf(name)
    if (name === to) return
    if (nameKey(name) === nameKey(to)) checkLabel(to)
    else this.#requireUnused(to)
    this.#setClass({ ...record, name: to })
  }

  /** Deletes a class with its examples. @throws LeafError `arguments` */
  deleteClass(name: string): void {
    const record = this.classOf(name)
    const deleted = ++this.#deletions
    for (const example of this.examples)
      if (example.classId === record.id) this.#setExample({ ...example, deleted })
    this.#setClass({ ...record, deleted })
  }

  /** @param recording default: a new one @returns the example's id */
  addExample(classId: number, samples: number, recording: string | undefined): number {
    const id = this.#newId()
    this.#setExample({ id, classId, recording: recording ?? String(id), samples, deleted: 0 })
    return id
  }

  deleteExamples(ids: readonly number[]): void {
    const deleted = ++this.#deletions
    for (const id of ids) {
      const example = this.#examples.get(id)
      if (example && isLive(example)) this.#setExample({ ...example, deleted })
    }
  }

  /** Number of the latest deletion that can be undone, 0 for none. */
  get lastDeletion(): number {
    let last = 0
    for (const { deleted } of this.#classes.values()) last = Math.max(last, deleted)
    for (const { deleted } of this.#examples.values()) last = Math.max(last, deleted)
    return last
  }

  /** Undoes the latest deletion. @throws LeafError `arguments` if its class's name is taken again */
  undo(): void {
    const last = this.lastDeletion
    if (last === 0) return
    const classes = [...this.#classes.values()].filter(({ deleted }) => deleted === last)
    for (const { name } of classes) this.#requireUnused(name)
    for (const record of classes) this.#setClass({ ...record, deleted: 0 })
    for (const record of [...this.#examples.values()])
      if (record.deleted === last) this.#setExample({ ...record, deleted: 0 })
  }

  /** Removes deleted records for good. @returns ids of removed examples */
  purge(): number[] {
    const classes = [...this.#classes.values()].filter((record) => !isLive(record))
    for (const { id } of classes) {
      this.#classes.delete(id)
      this.#changedClasses.add(id)
    }
    const examples = [...this.#examples.values()].filter((record) => !isLive(record)).map(({ id }) => id)
    for (const id of examples) {
      this.#examples.delete(id)
      this.#changedExamples.add(id)
    }
    return examples
  }

  /** Drops deleted records from memory only; the database keeps them. */
  forgetDeleted(): void {
    for (const records of [this.#classes, this.#examples])
      for (const { id, deleted } of [...records.values()]) if (deleted > 0) records.delete(id)
  }

  /** Null if there are none. */
  get pending(): PendingWrites | null {
    if (this.#changedClasses.size === 0 && this.#changedExamples.size === 0) return null
    return {
      classes: new Map([...this.#changedClasses].map((id) => [id, this.#classes.get(id) ?? null])),
      examples: new Map([...this.#changedExamples].map((id) => [id, this.#examples.get(id) ?? null])),
    }
  }

  /** Marks records as saved unless they changed since. */
  markSaved({ classes, examples }: PendingWrites): void {
    for (const [id, record] of classes)
      if ((this.#classes.get(id) ?? null) === record) this.#changedClasses.delete(id)
    for (const [id, record] of examples)
      if ((this.#examples.get(id) ?? null) === record) this.#changedExamples.delete(id)
  }

  #requireUnused(name: string): void {
    checkLabel(name)
    const existing = this.#findClass(name)
    if (existing)
      throw refused(`There is a class ${JSON.stringify(existing.name)} already.`, 'Use another name.')
  }

  /** Finds a class by name; names that read alike are equal. */
  #findClass(name: string): ClassRecord | undefined {
    const key = nameKey(name)
    return this.classes.find((one) => nameKey(one.name) === key)
  }

  #setClass(record: ClassRecord): void {
    this.#classes.set(record.id, record)
    this.#changedClasses.add(record.id)
  }

  #setExample(record: ExampleRecord): void {
    this.#examples.set(record.id, record)
    this.#changedExamples.add(record.id)
  }

  /** Increasing; from the time in microseconds, so that two pages are unlikely to share one. */
  #newId(): number {
    this.#lastId = Math.max(Date.now() * 1000, this.#lastId + 1)
    return this.#lastId
  }
}
