/**
 * The address after its `#`: the screen's id, and after a `?` what the screen keeps there, so that a link shows
 * the same to whoever opens it.
 */
export function readAddress(): { readonly screen: string; readonly rest: string } {
  const [screen, ...rest] = location.hash.slice(1).split('?')
  return { screen, rest: decoded(rest.join('?')) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // Not written by this page: taken as it stands.
    return text
  }
}

/** Keeps something in the address of the screen that is shown; the way back stays as it was. */
export function keepInAddress(screen: string, rest: string): void {
  history.replaceState(history.state, '', `#${screen}${rest && `?${rest}`}`)
}
