import { LeafError } from '../../src/error.ts'
import { isSame, showUnkept } from '../common/index.ts'
import { type ModelRecord, newRecord, type Origin, withLibrary } from './database.ts'

/** Those that the browser would not keep: they are there until the page is closed. */
const unkept = new Map<string, { record: ModelRecord; file: Uint8Array }>()

/** One after the other: what is asked for last is done last. */
let working: Promise<unknown> = Promise.resolve()

function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const done = working.then(work, work)
  working = done
  return done
}

/**
 * Keeps a model file in the browser beside those that are there; the same file twice is kept once. Where it cannot be
 * kept the user is told, until it is.
 */
export function keepModel(file: Uint8Array, origin: Origin, name: string): Promise<ModelRecord> {
  const record = newRecord(origin, name)
  return inTurn(async () => (await known(file, record)) ?? (await keep(file, record)))
}

/** Whether the browser keeps it for the next visit. */
export const isKept = ({ id }: ModelRecord): boolean => !unkept.has(id)

/** All that are there, the one that was chosen last first. */
export function keptModels(): Promise<ModelRecord[]> {
  return inTurn(async () => {
    // Where nothing can be kept nothing was: keeping says so when it is tried.
    const stored = await withLibrary((library) => library.getAll('records')).catch(() => [])
    const all = [...stored, ...Array.from(unkept.values(), ({ record }) => record)]
    return all.sort((one, other) => other.chosen - one.chosen)
  })
}

/** @throws LeafError `storage` where it is no longer there */
export async function fileOf({ id, name }: ModelRecord): Promise<Uint8Array> {
  const here = unkept.get(id)
  if (here) return here.file
  const file = await withLibrary((library) => library.get('files', id)).catch(() => undefined)
  if (file) return file
  throw new LeafError('storage', `The model “${name}” is no longer in this browser.`, 'Choose another one.')
}

/** Another name, or chosen now. */
export function changeModel({ id }: ModelRecord, change: Partial<Pick<ModelRecord, 'name' | 'chosen'>>) {
  return inTurn(async () => {
    const here = unkept.get(id)
    if (here) {
      unkept.set(id, { ...here, record: { ...here.record, ...change } })
      return
    }
    await withLibrary(async (library) => {
      const record = await library.get('records', id)
      if (record) await library.put('records', { ...record, ...change })
    })
  })
}

/** For good. */
export function deleteModel({ id }: ModelRecord): Promise<void> {
  return inTurn(async () => {
    if (unkept.delete(id)) showUnkept(noteOf(id), null)
    else
      await withLibrary(async (library) => {
        await Promise.all([library.delete('records', id), library.delete('files', id)])
      })
  })
}

/** The same file of the same origin, if it is there. */
async function known(file: Uint8Array, { origin }: ModelRecord): Promise<ModelRecord | undefined> {
  return withLibrary(async (library) => {
    for (const record of await library.getAll('records')) {
      if (record.origin !== origin) continue
      if (isSame((await library.get('files', record.id)) ?? [], file)) return record
    }
    return undefined
  }).catch(() => undefined)
}

async function keep(file: Uint8Array, record: ModelRecord): Promise<ModelRecord> {
  const { id, name } = record
  try {
    await withLibrary(async (library) => {
      const transaction = library.transaction(['records', 'files'], 'readwrite')
      await Promise.all([
        transaction.objectStore('records').put(record),
        transaction.objectStore('files').put(file, id),
        transaction.done,
      ])
    })
    unkept.delete(id)
    showUnkept(noteOf(id), null)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause)
    const error = new LeafError(
      'storage',
      `The browser does not keep your model “${name}” (${reason}); it is there until the page is closed.`,
      'Save it as a file, or free room on the disk and try again.',
      { cause },
    )
    unkept.set(id, { record, file })
    // As it is called by then.
    showUnkept(noteOf(id), error, () => inTurn(() => keep(file, unkept.get(id)?.record ?? record)))
  }
  return record
}

const noteOf = (id: string) => `model ${id}`
