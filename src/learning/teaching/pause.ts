/** Longest time without reading messages, ms: the Long Tasks API calls more a long task. */
const MAX_BUSY = 50

/** Returns a function to await between pieces of work: it yields to the event loop at most every 50 ms. */
export function createPause(): () => Promise<void> {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < MAX_BUSY) return
    await new Promise((resolve) => setTimeout(resolve))
    last = performance.now()
  }
}
