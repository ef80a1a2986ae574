import type { Sound } from './stream-frames.ts'

// About -65 dBFS: a quiet room. Digital silence would put PCEN's smoother on the floor.
const ROOM_LEVEL = 1e-3

/**
 * The sound with a quiet room's noise before and after it, as a microphone would have it, so that what happens at the
 * ends of a file, or in a file shorter than a window, is seen in whole windows. The same noise every time.
 */
export function withRoomAround({ sampleRate, blocks }: Sound, seconds: number): Sound {
  const count = Math.round(seconds * sampleRate)
  async function* surrounded(): AsyncGenerator<Float32Array> {
    yield noise(count)
    yield* blocks
    yield noise(count)
  }
  return { sampleRate, blocks: surrounded() }
}

function noise(count: number): Float32Array {
  let state = 1
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (ROOM_LEVEL * state) / 2 ** 31
  })
}
