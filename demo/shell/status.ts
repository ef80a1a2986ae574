import { byId } from '../common/index.ts'

/** What the page is doing, in words; told to screen readers too. */
export function showStatus(text: string, live: boolean): void {
  const status = byId('status')
  status.dataset.live = String(live)
  setText(status, text)
  const button = byId('toggle')
  button.dataset.live = String(live)
  const label = button.querySelector('span')
  if (label) label.textContent = live ? 'Stop' : 'Listen'
}

/** How far a clip has played, 0…1; null while there is none. */
export function showProgress(share: number | null): void {
  const bar = byId<HTMLProgressElement>('progress')
  bar.hidden = share === null
  bar.value = share ?? 0
}

function setText(element: HTMLElement, text: string): void {
  const target = element.querySelector('.text')
  if (target && target.textContent !== text) target.textContent = text
}
