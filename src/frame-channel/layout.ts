// What the two ends of a frame channel share. A frame travels as one record of float64: frame index, seconds on the
// context's clock, one value per channel.

export const recordLength = (channels: number): number => 2 + channels

/** Both ends look at the same memory. Structured-cloneable between threads of one page. */
export interface SharedEnd {
  readonly kind: 'shared'
  readonly channels: number
  /** Frames kept for a reader that is late. */
  readonly capacity: number
  /** Storage of a ringbuf.js RingBuffer of float64, `capacity` records. */
  readonly ring: SharedArrayBuffer
  /** Int32, see `SharedWord`. */
  readonly words: SharedArrayBuffer
}

/** Each end holds one port of a MessageChannel, which has to be transferred. */
export interface PortEnd {
  readonly kind: 'port'
  readonly channels: number
  /** Frames kept for a reader that is late. */
  readonly capacity: number
  readonly port: MessagePort
}

export type FrameEnd = SharedEnd | PortEnd

/** Indices into `SharedEnd.words`. */
export const SharedWord = {
  /** Index of the newest frame offered; the reader skips what is `capacity` or more behind it. */
  newest: 0,
  /** Changes, with a notify, whenever frames were written. */
  written: 1,
  /** Frames the reader received. */
  received: 2,
  /** Frames the reader skipped. */
  skipped: 3,
  /** 1 once the reader is closed. */
  closed: 4,
  count: 5,
} as const

/**
 * Messages of the port: a Float64Array whose element 0 is the number of records that follow, always
 * transferred, full on the way to the reader and to be filled on the way back; or `readerClosed`.
 */
export const readerClosed = 'closed'

/** Arrays that go back and forth on a port; so many messages at most are beyond recall. */
export const arraysInFlight = 2

export const portArrayLength = (channels: number, capacity: number): number =>
  1 + capacity * recordLength(channels)
