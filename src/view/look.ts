/** What `watchLook` returns. */
export interface WatchedLook {
  /** To be called before each repaint: of another pixel ratio no query and no observer tells in every browser. */
  check(): void
  end(): void
}

/** Calls `restyle` whenever an element may look different: another size, theme, pixel ratio, wish for motion. */
export function watchLook(element: Element, restyle: () => void): WatchedLook {
  const cleanup = new AbortController()
  const queries = [
    '(prefers-color-scheme: dark)',
    '(prefers-reduced-motion: reduce)',
    '(forced-colors: active)',
  ]
  for (const query of queries)
    matchMedia(query).addEventListener('change', restyle, { signal: cleanup.signal })
  const resizes = new ResizeObserver(restyle)
  resizes.observe(element)
  let ratio = devicePixelRatio
  return {
    check() {
      if (devicePixelRatio === ratio) return
      ratio = devicePixelRatio
      restyle()
    },
    end() {
      cleanup.abort()
      resizes.disconnect()
    },
  }
}
