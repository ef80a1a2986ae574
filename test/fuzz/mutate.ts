/** Numbers from 0 to below 1, the same for a seed on every machine (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Values that lengths and counts break at. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff]

/** A file with a few things changed in it: bytes anywhere or near its beginning, pieces lost, doubled, moved, blanked. */
export function mutated(file: Uint8Array, random: () => number): Uint8Array {
  const below = (limit: number) => Math.floor(random() * limit)
  // Not `slice`: that of a Node Buffer copies nothing, and one mutation would lie upon the other.
  let bytes: Uint8Array = new Uint8Array(file)
  for (let changes = 1 + below(4); changes > 0 && bytes.length > 0; changes--) {
    const at = random() < 0.5 ? below(bytes.length) : below(Math.min(bytes.length, 400))
    const length = 1 + below(Math.min(bytes.length - at, random() < 0.5 ? 16 : 2000))
    switch (below(8)) {
      case 0:
        bytes[at] = below(256)
        break
      case 1:
        bytes[at] = EDGES[below(EDGES.length)]
        break
      case 2:
        bytes[at] ^= 1 << below(8)
        break
      case 3:
        bytes.fill(EDGES[below(EDGES.length)], at, at + Math.min(length, 8))
        break
      case 4:
        bytes = bytes.slice(0, bytes.length - length)
        break
      case 5:
        bytes = joined(bytes.subarray(0, at), bytes.subarray(at + length))
        break
      case 6:
        bytes = joined(bytes.subarray(0, at + length), bytes.subarray(at))
        break
      default:
        bytes.copyWithin(below(bytes.length), at, at + length)
    }
  }
  return bytes
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const whole = new Uint8Array(one.length + other.length)
  whole.set(one)
  whole.set(other, one.length)
  return whole
}
