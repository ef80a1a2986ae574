export type WavFormat = 'int16' | 'float32'

const CODINGS = { int16: { tag: 1, bytes: 2 }, float32: { tag: 3, bytes: 4 } } as const
const HEADER_BYTES = 58

/**
 * A mono WAV file. Any thread.
 * @param samples full scale ±1; as int16 they are rounded to 1/32768, and what is beyond full scale is cut
 * @param sampleRate Hz, a whole number
 */
export function encodeWav(samples: Float32Array, sampleRate: number, format: WavFormat): Blob {
  const { tag, bytes } = CODINGS[format]
  const sound = format === 'int16' ? toInt16(samples) : toFloat32(samples)
  const view = new DataView(new ArrayBuffer(HEADER_BYTES))
  const text = (at: number, letters: string) => {
    for (let i = 0; i < letters.length; i++) view.setUint8(at + i, letters.charCodeAt(i))
  }
  text(0, 'RIFF')
  view.setUint32(4, HEADER_BYTES - 8 + sound.byteLength, true)
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
  view.setUint32(54, sound.byteLength, true)
  return new Blob([view, sound], { type: 'audio/wav' })
}

/** WAV is little-endian on every machine. */
function toInt16(samples: Float32Array): DataView<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(samples.length * 2))
  samples.forEach((sample, i) => {
    view.setInt16(i * 2, Math.max(-32768, Math.min(32767, Math.round(sample * 32768))), true)
  })
  return view
}

function toFloat32(samples: Float32Array): DataView<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(samples.length * 4))
  samples.forEach((sample, i) => {
    view.setFloat32(i * 4, sample, true)
  })
  return view
}
