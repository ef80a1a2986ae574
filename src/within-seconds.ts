/** Something did not come in time. */
export class TooLate extends Error {
  constructor(seconds: number) {
    super(`no answer within ${seconds} s`)
    this.name = 'TooLate'
  }
}

/**
 * What is waited for, if it comes in time; what comes later nobody sees.
 *
 * @throws TooLate; what the promise is rejected with
 */
export async function withinSeconds<Value>(seconds: number, promise: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate(seconds)), 1000 * seconds)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
