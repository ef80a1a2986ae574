import { arraysInFlight, type PortEnd, portArrayLength, readerClosed } from '../layout.ts'
import type { Backlog } from './backlog.ts'
import type { Transport } from './transport.ts'

/**
 * Frames as messages, for pages without shared memory. The arrays go to the reader and come back, so no
 * memory for frames is ever allocated; the browser itself wraps every message.
 */
export class PortTransport implements Transport {
  sent = 0
  readonly dropped = 0
  closed = false
  readonly #port: MessagePort
  readonly #free: Float64Array<ArrayBuffer>[] = []
  /** The transfer list, one object for all messages. */
  readonly #transfer: ArrayBuffer[] = []

  /** @param onReturn called between two blocks when the reader sent an array back */
  constructor({ port, channels, capacity }: PortEnd, onReturn: () => void) {
    this.#port = port
    for (let i = 0; i < arraysInFlight; i++)
      this.#free.push(new Float64Array(portArrayLength(channels, capacity)))
    port.onmessage = ({ data }: MessageEvent<Float64Array<ArrayBuffer> | typeof readerClosed>) => {
      if (data === readerClosed) {
        this.closed = true
        return
      }
      this.#free.push(data)
      onReturn()
    }
  }

  offer(): void {}

  send(backlog: Backlog): void {
    while (backlog.length > 0) {
      const array = this.#free.pop()
      if (array === undefined) return
      this.#fill(array, backlog)
      this.#transfer[0] = array.buffer
      this.#port.postMessage(array, this.#transfer)
    }
  }

  close(): void {
    this.#port.close()
  }

  #fill(array: Float64Array, backlog: Backlog): void {
    let at = 1
    array[0] = backlog.length
    this.sent += backlog.length
    while (backlog.length > 0) {
      const records = backlog.run
      const end = backlog.offset + records * backlog.recordLength
      for (let from = backlog.offset; from < end; from++) array[at++] = backlog.storage[from]
      backlog.remove(records)
    }
  }
}
