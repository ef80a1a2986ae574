/** The element with this id; the page's markup is written for this code, so a missing one is a fault in it. */
export function byId<Type extends HTMLElement = HTMLElement>(id: string): Type {
  const element = document.getElementById(id)
  if (!element) throw new Error(`The page has no element with the id ${id}.`)
  return element as Type
}

/** The element of a screen that is marked `data-part="name"`; parts have their names within their screen only. */
export function partOf<Type extends HTMLElement = HTMLElement>(screen: HTMLElement, name: string): Type {
  const element = screen.querySelector<Type>(`[data-part="${name}"]`)
  if (!element) throw new Error(`The screen ${screen.id} has no part ${name}.`)
  return element
}

/** An element with text and class. */
export function create(tag: string, text = '', className = ''): HTMLElement {
  const element = document.createElement(tag)
  element.textContent = text
  if (className) element.className = className
  return element
}

/** The heading of a table's row or column. */
export function tableHeading(text: string, scope: 'row' | 'col'): HTMLElement {
  const cell = create('th', text)
  cell.setAttribute('scope', scope)
  return cell
}
