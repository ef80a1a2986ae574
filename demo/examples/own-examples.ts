import { ExampleStore } from '../../src/learning/teaching/index.ts'
import { once, showUnkept } from '../common/index.ts'

const stores = new Map<number, () => Promise<ExampleStore>>()

/** The examples kept in this browser: the same store on every screen, so that each sees what another changes. */
export function ownExamples(sampleRate: number): Promise<ExampleStore> {
  const opened = stores.get(sampleRate) ?? once(() => open(sampleRate))
  stores.set(sampleRate, opened)
  return opened()
}

async function open(sampleRate: number): Promise<ExampleStore> {
  const store = await ExampleStore.open({ sampleRate })
  const what = `examples at ${sampleRate} Hz`
  // Where it could not be opened, nothing can be kept: then trying again is no use.
  if (store.trouble) showUnkept(what, store.trouble)
  // What was deleted takes room until it is let go for good.
  store.addEventListener('change', noteChange)
  store.addEventListener('trouble', ({ detail }) => showUnkept(what, detail.trouble, () => store.purge()))
  return store
}

const CHANGED = 'leaf-examples-changed'
/** Where nothing may be kept: since the page was opened. */
let changed = 0

function noteChange(): void {
  changed = Date.now()
  try {
    localStorage.setItem(CHANGED, String(changed))
  } catch {}
}

/** Milliseconds since 1970 at which an example or a class was changed last; 0 where none was. */
export function examplesChanged(): number {
  try {
    return Math.max(changed, Number(localStorage.getItem(CHANGED)))
  } catch {
    return changed
  }
}
