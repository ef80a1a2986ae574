/** Lets the built page be used without a network from now on. Fetches once the first picture stands. */
export function keepForOffline(): void {
  // The development server has none, and is recognised by its hot updates.
  if (import.meta.hot || !navigator.serviceWorker) return
  addEventListener('load', () => requestAnimationFrame(() => setTimeout(register)))
}

async function register(): Promise<void> {
  try {
    await navigator.serviceWorker.register('./service-worker.js')
  } catch {
    // Without it the page works as before, with a network.
  }
}
