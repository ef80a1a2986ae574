import { clock, duration, type LabelFormat, percent } from './format.ts'
import type { ShownEvent } from './track.ts'

/** An event's entry in the list. */
export function eventRow(event: ShownEvent, format: LabelFormat): HTMLLIElement {
  const item = document.createElement('li')
  item.innerHTML = `<span class="dot"></span><span class="label"></span><span class="when"></span>
    <span class="confidence"><span class="number"></span><span class="bar" aria-hidden="true"><span></span></span></span>`
  fillRow(item, event, event.end, format)
  return item
}

/** @param until seconds; a running event's present length reaches to it */
export function fillRow(
  item: Element,
  event: ShownEvent,
  until: number | undefined,
  format: LabelFormat,
): void {
  const tell = (name: string, text: string) => {
    const part = item.querySelector<HTMLElement>(name) as HTMLElement
    if (part.textContent !== text) part.textContent = text
  }
  const { head, label, start, end, confidence } = event
  const running = end === undefined
  item.classList.toggle('running', running)
  const length = until === undefined ? '' : ` · ${duration(until - start)}`
  tell('.label', head === undefined ? format(label) : `${format(head)}: ${format(label)}`)
  tell('.when', `${clock(start)}${length}${running ? ' · now' : ''}`)
  tell('.confidence .number', percent(confidence))
  const bar = item.querySelector<HTMLElement>('.bar span')
  if (bar) bar.style.width = `${confidence * 100}%`
}
