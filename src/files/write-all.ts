import { fsyncSync, writeSync } from 'node:fs'

const FULL_PIPE_MS = 5
const sleeping = new Int32Array(new SharedArrayBuffer(4))

/**
 * Writes all of the bytes: the system may take fewer of them at a time, as it does when a disk fills up. Waits while a
 * pipe is full.
 *
 * @param position null: where the last write ended
 */
export function writeAll(descriptor: number, bytes: Uint8Array, position: number | null): void {
  for (let done = 0; done < bytes.length; ) {
    const at = position === null ? null : position + done
    try {
      done += writeSync(descriptor, bytes, done, bytes.length - done, at)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      Atomics.wait(sleeping, 0, 0, FULL_PIPE_MS)
    }
  }
}

/** Waits until the disk has what was written, which is when some file systems find out that they are full. */
export function syncToDisk(descriptor: number): void {
  try {
    fsyncSync(descriptor)
  } catch (error) {
    // Pipes and character devices have nothing to wait for.
    if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error
  }
}
