import type { Backlog } from './backlog.ts'

/** The audio thread's end of a way to one reader. No method waits. */
export interface Transport {
  /** Records that reached the reader. */
  readonly sent: number
  /** Records the transport carried and the reader skipped as too old. */
  readonly dropped: number
  /** True once the reader is gone. */
  readonly closed: boolean
  /** Told of every frame before it enters the backlog. */
  offer(record: Float64Array): void
  /** Moves the oldest records of the backlog to the reader, as many as fit now. */
  send(backlog: Backlog): void
  /** Lets go of what it holds. */
  close(): void
}
