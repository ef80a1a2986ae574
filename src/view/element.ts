/**
 * What the custom elements share: a base class that can be imported where there is no DOM,
 * and style sheets that a strict Content-Security-Policy lets through.
 */

// Node has no HTMLElement; importing the library there must not throw.
export const ElementBase: typeof HTMLElement =
  globalThis.HTMLElement ?? (class {} as unknown as typeof HTMLElement)

/** Registers an element once; without a DOM it does nothing. */
export function define(name: string, element: CustomElementConstructor): void {
  if (globalThis.customElements && !customElements.get(name)) customElements.define(name, element)
}

/**
 * Whether there is all that the views draw with. The DOMs of unit tests (jsdom, happy-dom) have it in parts: there the
 * elements keep what they are given and show their content.
 */
export function canDraw(): boolean {
  const scope = globalThis as Partial<typeof globalThis>
  return (
    [scope.CSSStyleSheet, scope.IntersectionObserver, scope.ResizeObserver, scope.matchMedia].every(
      (part) => typeof part === 'function',
    ) && Boolean(document.createElement('canvas').getContext('2d'))
  )
}

/** An element whose events are known by name; one that is none does not compile. */
export interface ViewElement<Events extends Pick<HTMLElementEventMap, 'click'>> extends HTMLElement {
  /** As of any element, for the events of this one. */
  addEventListener<Name extends string & keyof Events>(
    type: Name,
    listener: Listening<Events[Name]> | null,
    options?: boolean | AddEventListenerOptions,
  ): void
  /** As of any element, for the events of this one. */
  removeEventListener<Name extends string & keyof Events>(
    type: Name,
    listener: Listening<Events[Name]> | null,
    options?: boolean | EventListenerOptions,
  ): void
}

type Listening<Told> = ((event: Told) => void) | { handleEvent(event: Told): void }

/** The constructor that a view extends: `ElementBase` with the events of the view. */
export type ViewBase<Events extends Pick<HTMLElementEventMap, 'click'>> = new () => ViewElement<Events>

/** Opens the shadow root with its markup and style. An inline <style> would need 'unsafe-inline'. */
export function attach(element: HTMLElement, css: string, markup: string): ShadowRoot {
  const root = element.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [sheet]
  root.innerHTML = markup
  return root
}

/**
 * Makes a canvas as sharp as the screen for a size in CSS pixels, in which it is drawn from then on. It is emptied, but
 * only where its size is another one.
 */
export function fitCanvas(canvas: HTMLCanvasElement, width: number, height: number): void {
  const ratio = devicePixelRatio
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)]
  if (canvas.width !== wide) canvas.width = wide
  if (canvas.height !== high) canvas.height = high
  canvas.getContext('2d')?.setTransform(ratio, 0, 0, ratio, 0, 0)
}
