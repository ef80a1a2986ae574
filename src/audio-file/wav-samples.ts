import type { WavFormat } from './wav-format.ts'

/** Reads one little-endian sample at a byte offset, full scale ±1. */
export type SampleReader = (view: DataView, at: number) => number

/**
 * The reader of a format.
 *
 * @param isRight whether samples narrower than their container lie at its right end, sign-extended
 */
export function sampleReader({ coding, bits, container }: WavFormat, isRight: boolean): SampleReader {
  switch (coding) {
    case 'float':
      return container === 4
        ? (view, at) => view.getFloat32(at, true)
        : (view, at) => view.getFloat64(at, true)
    case 'alaw':
      return (view, at) => ALAW[view.getUint8(at)]
    case 'mulaw':
      return (view, at) => MULAW[view.getUint8(at)]
    case 'pcm': {
      const read = integerReader(container)
      const scale = 2 ** ((isRight ? bits : 8 * container) - 1)
      return (view, at) => read(view, at) / scale
    }
  }
}

/** Signed integers; a single byte counts from 128. */
function integerReader(container: number): SampleReader {
  switch (container) {
    case 1:
      return (view, at) => view.getUint8(at) - 128
    case 2:
      return (view, at) => view.getInt16(at, true)
    case 3:
      return (view, at) => view.getUint16(at, true) + view.getInt8(at + 2) * 2 ** 16
    case 4:
      return (view, at) => view.getInt32(at, true)
    default:
      // The low bytes beyond 53 bits are rounded away.
      return (view, at) => {
        let value = view.getInt32(at + container - 4, true)
        for (let i = container - 5; i >= 0; i--) value = value * 256 + view.getUint8(at + i)
        return value
      }
  }
}

/**
 * What samples narrower than their container tell of its end that they lie at. On the left, as the format wants it, they
 * are larger than their bits allow at the right; the bits below are zero, or what a converter left there. On the right
 * those above are copies of the sign.
 *
 * @returns 'left' or 'right' if all of it holds for that end alone, null where it holds for both
 */
export function endOf(view: DataView, { bits, container }: WavFormat): 'left' | 'right' | null {
  const read = integerReader(container)
  const below = 2 ** Math.min(8 * container - bits, 32)
  const right = 2 ** (bits - 1)
  let hasLow = false
  for (let at = 0; at + container <= view.byteLength; at += container) {
    const value = read(view, at)
    if (value < -right || value >= right) return 'left'
    const low = container >= 4 ? view.getUint32(at, true) : view.getUint16(at, true)
    hasLow ||= low % below !== 0
  }
  return hasLow ? 'right' : null
}

/** G.711: a sign, three bits of exponent, four of mantissa, every second bit turned over. */
const ALAW = Float32Array.from({ length: 256 }, (_, byte) => {
  const code = byte ^ 0x55
  const exponent = (code >> 4) & 7
  const step = ((code & 15) << 4) + 8
  const magnitude = exponent === 0 ? step : (step + 256) << (exponent - 1)
  return (code & 0x80 ? magnitude : -magnitude) / 32768
})

/** G.711: as A-law without its linear part, all bits turned over. */
const MULAW = Float32Array.from({ length: 256 }, (_, byte) => {
  const code = ~byte & 0xff
  const magnitude = ((((code & 15) << 3) + 132) << ((code >> 4) & 7)) - 132
  return (code & 0x80 ? -magnitude : magnitude) / 32768
})
