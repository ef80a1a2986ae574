import { RingBuffer } from 'ringbuf.js'
import { type FrameEnd, recordLength, type SharedEnd, SharedWord } from './layout.ts'
import { PortReader } from './port-reader.ts'
import type { FrameReader } from './reader.ts'
import { SharedReader } from './shared-reader.ts'

/**
 * A reader's end of a way for frames, as `LeafNode.openFrames` gives it. It can be posted to a worker
 * (with `inletTransfer`) and is opened once, by the thread that reads.
 */
export type FrameInlet = FrameEnd

/** What has to be in the transfer list when the inlet is posted to another thread. */
export function inletTransfer(inlet: FrameInlet): Transferable[] {
  return inlet.kind === 'port' ? [inlet.port] : []
}

/** Opens the reader's end on the thread that will read. */
export function openFrames(inlet: FrameInlet): FrameReader {
  return inlet.kind === 'shared' ? new SharedReader(inlet) : new PortReader(inlet)
}

/**
 * Both ends of a new way: the outlet's for the audio thread, the reader's for whoever reads. Through
 * shared memory where the page is cross-origin isolated, else through a MessagePort.
 */
export function createFrameChannel(
  channels: number,
  capacity: number,
): { outlet: FrameEnd; inlet: FrameInlet } {
  if (!canShare()) {
    const { port1, port2 } = new MessageChannel()
    return {
      outlet: { kind: 'port', channels, capacity, port: port1 },
      inlet: { kind: 'port', channels, capacity, port: port2 },
    }
  }
  const end: SharedEnd = {
    kind: 'shared',
    channels,
    capacity,
    ring: RingBuffer.getStorageForCapacity(capacity * recordLength(channels), Float64Array),
    words: new SharedArrayBuffer(SharedWord.count * Int32Array.BYTES_PER_ELEMENT),
  }
  return { outlet: end, inlet: end }
}

/** WebKitGTK isolates a page and yet has no SharedArrayBuffer; without waitAsync nothing could wake a reader. */
const canShare = (): boolean =>
  globalThis.crossOriginIsolated === true &&
  typeof globalThis.SharedArrayBuffer === 'function' &&
  typeof Atomics.waitAsync === 'function'
