/** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of mantissa. */
export function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const mantissa = bits & 1023
  if (exponent === 31) return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return exponent === 0 ? sign * mantissa * 2 ** -24 : sign * (1024 + mantissa) * 2 ** (exponent - 25)
}

let table: Float32Array | undefined

/** Numbers of binary16. Each of the 65,536 is worked out once: a model has millions. */
export function float16Values(bits: Uint16Array): Float32Array {
  table ??= Float32Array.from({ length: 2 ** 16 }, (_, each) => fromFloat16(each))
  const values = new Float32Array(bits.length)
  for (let i = 0; i < bits.length; i++) values[i] = table[bits[i]]
  return values
}

/** The bits of the nearest binary16, of two as near ones the even one; what is too large becomes infinite. */
export function toFloat16(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0
  const size = Math.abs(value)
  if (Number.isNaN(size)) return 0x7e00
  if (size >= 65520) return sign | 0x7c00
  if (size < 2 ** -14) return sign | toEven(size * 2 ** 24)
  const float = new DataView(new ArrayBuffer(4))
  float.setFloat32(0, size)
  // Rounding to float32 may reach the next power of two, whose exponent serves as well.
  const exponent = (float.getUint32(0) >> 23) - 127
  // A mantissa of 2048 carries over into the exponent.
  return sign | (((exponent + 15) << 10) + toEven(size * 2 ** (10 - exponent)) - 1024)
}

function toEven(value: number): number {
  const rounded = Math.round(value)
  return rounded - value === 0.5 ? rounded - (rounded % 2) : rounded
}
