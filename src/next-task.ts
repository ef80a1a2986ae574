/**
 * Lets what waits for this thread come first: messages, timers, events. By a message of its own, since a timer would be
 * put off by 4 ms each time, and a loop of `scheduler.yield()` comes before the messages it should let in.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
