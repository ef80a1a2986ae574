import { LeafError } from '../../src/error.ts'
import { byId, create } from './dom.ts'
import { guardLeaving } from './leaving.ts'

/** What is in this page only, by what it is, and why. */
const unkept = new Map<string, HTMLElement>()
let latest: HTMLElement | null = null

/** Says what went wrong and what to do about it; stays until it is closed or the next attempt. The last word wins. */
export function showProblem(error: unknown): void {
  latest = rowOf(error, 'Close', clearProblem)
  show()
}

/** Before an attempt, not after it: its end may have told a problem. */
export function clearProblem(): void {
  latest = null
  show()
}

/**
 * Says that something would be lost with the page, until it is told to be kept; nothing else clears this, and the page
 * asks before it is left.
 *
 * @param what that is kept or not
 * @param error why it is not; null once it is
 * @param keep tries again, where that can help
 */
export function showUnkept(what: string, error: LeafError | null, keep?: () => unknown): void {
  if (error)
    unkept.set(
      what,
      rowOf(error, keep && 'Try again', () => keep?.()),
    )
  else unkept.delete(what)
  guardLeaving(what, error !== null)
  show()
}

function rowOf(error: unknown, action: string | undefined, act: () => void): HTMLElement {
  const row = create('div', '', 'row')
  const text = create('div')
  if (error instanceof LeafError) {
    text.append(create('strong', error.sentence), create('span', error.remedy))
  } else {
    const sentence = error instanceof Error ? error.message : String(error)
    text.append(create('strong', sentence), create('span', 'Reload the page and try again.'))
  }
  row.append(text)
  if (!action) return row
  const button = create('button', action, 'quiet')
  button.setAttribute('type', 'button')
  button.addEventListener('click', act)
  row.append(button)
  return row
}

/** Rows that are there already stay: they are not read out anew. */
function show(): void {
  const box = byId('problem')
  const rows = latest ? [latest, ...unkept.values()] : [...unkept.values()]
  for (const row of [...box.children]) if (!rows.includes(row as HTMLElement)) row.remove()
  for (const [i, row] of rows.entries()) if (box.children[i] !== row) box.insertBefore(row, box.children[i])
  box.hidden = rows.length === 0
}
