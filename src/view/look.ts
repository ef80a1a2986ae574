/**
 * Calls `restyle` whenever an element may look different: another size, theme, pixel ratio, wish for motion.
 * @returns ends it
 */
export function watchLook(element: Element, restyle: () => void): () => void {
  const cleanup = new AbortController()
  const { signal } = cleanup
  const queries = [
    '(prefers-color-scheme: dark)',
    '(prefers-reduced-motion: reduce)',
    '(forced-colors: active)',
  ]
  for (const query of queries) matchMedia(query).addEventListener('change', restyle, { signal })
  // A query tells once that the ratio is no longer this one; the next one needs a query of its own.
  const watchRatio = () => {
    const change = () => {
      watchRatio()
      restyle()
    }
    const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`)
    query.addEventListener('change', change, { signal, once: true })
  }
  watchRatio()
  const resizes = new ResizeObserver(restyle)
  resizes.observe(element)
  return () => {
    cleanup.abort()
    resizes.disconnect()
  }
}
