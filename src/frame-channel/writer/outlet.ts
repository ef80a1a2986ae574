import type { FrameEnd } from '../layout.ts'
import { Backlog } from './backlog.ts'
import { PortTransport } from './port.ts'
import { SharedTransport } from './shared.ts'
import type { Transport } from './transport.ts'

/**
 * The way of the frames to one reader. Audio thread. A reader that is late finds the newest `capacity`
 * frames; older ones are dropped and counted: offered = sent + dropped + waiting. Over a port, the
 * messages that already left (two at most) still arrive.
 */
export class Outlet {
  /** Frames pushed so far. */
  offered = 0
  readonly #backlog: Backlog
  readonly #transport: Transport
  #overwritten = 0

  constructor(end: FrameEnd) {
    this.#backlog = new Backlog(end.channels, end.capacity)
    this.#transport =
      end.kind === 'shared' ? new SharedTransport(end) : new PortTransport(end, () => this.flush())
  }

  /** Frames that reached the reader. */
  get sent(): number {
    return this.#transport.sent
  }

  /** Frames thrown away, oldest first. */
  get dropped(): number {
    return this.#overwritten + this.#transport.dropped
  }

  /** True once the reader closed its end. */
  get closed(): boolean {
    return this.#transport.closed
  }

  /**
   * Hands a frame on. Never waits, allocates nothing of its own.
   * @param record frame index, seconds on the context's clock, one value per channel; copied
   */
  push(record: Float64Array): void {
    this.offered++
    this.#transport.offer(record)
    if (this.#backlog.add(record)) this.#overwritten++
    this.#transport.send(this.#backlog)
  }

  /** Hands on what had to wait, if the reader made room since. Never waits, allocates nothing of its own. */
  flush(): void {
    this.#transport.send(this.#backlog)
  }

  /** The end of the way: what still waited counts as dropped. */
  close(): void {
    this.#overwritten = this.offered - this.sent - this.#transport.dropped
    this.#transport.close()
  }
}
