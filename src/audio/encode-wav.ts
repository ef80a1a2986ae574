export type WavFormat = 'int16' | 'float32'

const CODINGS = { int16: { tag: 1, bytes: 2 }, float32: { tag: 3, bytes: 4 } } as const
const HEADER_BYTES = 58

/**
 * A mono WAV file. Any thread.
 * @param samples full scale ±1; as int16 they are rounded to 1/32768, and what is beyond full scale is cut
 * @param sampleRate Hz, a whole number
 */
export function encodeWav(
  samples: Float32Array,
  sampleRate: number,
  format: WavFormat,
): Uint8Array<ArrayBuffer> {
  const { tag, bytes } = CODINGS[format]
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + samples.length * bytes))
  const text = (at: number, letters: string) => {
    for (let i = 0; i < letters.length; i++) view.setUint8(at + i, letters.charCodeAt(i))
  }
  text(0, 'RIFF')
  view.setUint32(4, view.byteLength - 8, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 18, true)
  view.setUint16(20, tag, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, sampleRate, true)
  view.setUint32(28, sampleRate * bytes, true)
  view.setUint16(32, bytes, true)
  view.setUint16(34, bytes * 8, true)
  // Every coding but PCM has to say how many samples there are; readers of PCM pass it by.
  text(38, 'fact')
  view.setUint32(42, 4, true)
  view.setUint32(46, samples.length, true)
  text(50, 'data')
  view.setUint32(54, samples.length * bytes, true)
  // Little-endian on every machine.
  samples.forEach((sample, i) => {
    const at = HEADER_BYTES + i * bytes
    if (format === 'int16')
      view.setInt16(at, Math.max(-32768, Math.min(32767, Math.round(sample * 32768))), true)
    else view.setFloat32(at, sample, true)
  })
  return new Uint8Array(view.buffer)
}
