import { nameKey } from '../../events/index.ts'
import { refused } from '../refused.ts'
import type { ClassRecord, ExampleRecord } from './database.ts'
import { checkLabel } from './labelled-sound.ts'

/** Records that are not as they are written: of each id the record, or null where it is gone for good. */
export interface Unwritten {
  readonly classes: ReadonlyMap<number, ClassRecord | null>
  readonly examples: ReadonlyMap<number, ExampleRecord | null>
}

const isLive = ({ deleted }: { readonly deleted: number }) => deleted === 0

/** Classes and examples without their sounds, what was deleted of them, and what of it is to be written. */
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
    // Another page may have deleted the class of an example that this one added.
    for (const { id, classId } of examples) {
      if (this.#classes.has(classId)) continue
      this.#examples.delete(id)
      this.#changedExamples.add(id)
    }
  }

  /** That are not deleted. */
  get classes(): ClassRecord[] {
    return [...this.#classes.values()].filter(isLive)
  }

  /** That are not deleted. */
  get examples(): ExampleRecord[] {
    return [...this.#examples.values()].filter(isLive)
  }

  has(example: number): boolean {
    return this.#examples.has(example)
  }

  /** @throws LeafError `arguments` for a class that is not there */
  classOf(name: string): ClassRecord {
    checkLabel(name)
    const record = this.#named(name)
    if (record) return record
    throw refused(`There is no class ${JSON.stringify(name)}.`, 'Add it first.')
  }

  /** @throws LeafError `arguments` for a name that is there or is none */
  addClass(name: string): void {
    this.#requireFree(name)
    this.#setClass({ id: this.#newId(), name, deleted: 0 })
  }

  /** @throws LeafError `arguments` */
  renameClass(name: string, to: string): void {
    const record = this.classOf(name)
    if (name === to) return
    if (nameKey(name) === nameKey(to)) checkLabel(to)
    else this.#requireFree(to)
    this.#setClass({ ...record, name: to })
  }

  /** With its examples. @throws LeafError `arguments` */
  deleteClass(name: string): void {
    const record = this.classOf(name)
    const deleted = ++this.#deletions
    for (const example of this.examples)
      if (example.classId === record.id) this.#setExample({ ...example, deleted })
    this.#setClass({ ...record, deleted })
  }

  /** @param recording one of its own when left out @returns its id */
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

  /** Number of the last deletion that can be undone, 0 for none. */
  get lastDeletion(): number {
    let last = 0
    for (const { deleted } of this.#classes.values()) last = Math.max(last, deleted)
    for (const { deleted } of this.#examples.values()) last = Math.max(last, deleted)
    return last
  }

  /** Brings back what was deleted last. @throws LeafError `arguments` when its class's name is there again */
  undo(): void {
    const last = this.lastDeletion
    if (last === 0) return
    const classes = [...this.#classes.values()].filter(({ deleted }) => deleted === last)
    for (const { name } of classes) this.#requireFree(name)
    for (const record of classes) this.#setClass({ ...record, deleted: 0 })
    for (const record of [...this.#examples.values()])
      if (record.deleted === last) this.#setExample({ ...record, deleted: 0 })
  }

  /** Lets go of what was deleted. @returns ids of examples that are gone */
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

  /** Has nothing to do any more with what was deleted: it stays where it is written. */
  forgetDeleted(): void {
    for (const records of [this.#classes, this.#examples])
      for (const { id, deleted } of [...records.values()]) if (deleted > 0) records.delete(id)
  }

  /** Null when everything is written. */
  get unwritten(): Unwritten | null {
    if (this.#changedClasses.size === 0 && this.#changedExamples.size === 0) return null
    return {
      classes: new Map([...this.#changedClasses].map((id) => [id, this.#classes.get(id) ?? null])),
      examples: new Map([...this.#changedExamples].map((id) => [id, this.#examples.get(id) ?? null])),
    }
  }

  /** Takes note that records were written; those that have changed again meanwhile are still to be. */
  written({ classes, examples }: Unwritten): void {
    for (const [id, record] of classes)
      if ((this.#classes.get(id) ?? null) === record) this.#changedClasses.delete(id)
    for (const [id, record] of examples)
      if ((this.#examples.get(id) ?? null) === record) this.#changedExamples.delete(id)
  }

  #requireFree(name: string): void {
    checkLabel(name)
    const twin = this.#named(name)
    if (twin) throw refused(`There is a class ${JSON.stringify(twin.name)} already.`, 'Use another name.')
  }

  /** The class of that name, or of one that people take for it. */
  #named(name: string): ClassRecord | undefined {
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

  /** Rising, and hardly that of another page: microseconds. */
  #newId(): number {
    this.#lastId = Math.max(Date.now() * 1000, this.#lastId + 1)
    return this.#lastId
  }
}
