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
