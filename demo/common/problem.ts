import { LeafError } from '../../src/error.ts'
import { byId, create } from './dom.ts'

/** Says what went wrong and what to do about it; stays until it is closed or the next attempt. */
export function showProblem(error: unknown): void {
  const box = byId('problem')
  const text = create('div')
  if (error instanceof LeafError) {
    text.append(create('strong', error.sentence), create('span', error.remedy))
  } else {
    const sentence = error instanceof Error ? error.message : String(error)
    text.append(create('strong', sentence), create('span', 'Reload the page and try again.'))
  }
  const close = create('button', 'Close', 'quiet')
  close.setAttribute('type', 'button')
  close.addEventListener('click', clearProblem)
  box.replaceChildren(text, close)
  box.hidden = false
}

export function clearProblem(): void {
  const box = byId('problem')
  box.hidden = true
  box.replaceChildren()
}
