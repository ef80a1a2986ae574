/** Milliseconds of work after which a message that has come in is read. */
const LONGEST = 50

/**
 * Lets a thread hear its messages between two pieces of work, at most every 50 ms.
 *
 * @returns to be called and waited for between pieces
 */
export function createPause(): () => Promise<void> {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < LONGEST) return
    await new Promise((heard) => setTimeout(heard))
    last = performance.now()
  }
}
