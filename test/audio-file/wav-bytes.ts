/** A RIFF chunk: name, length, content, padded to an even length. */
export function chunk(id: string, content: Uint8Array, size = content.length): Buffer {
  const header = Buffer.alloc(8)
  header.write(id, 'latin1')
  header.writeUInt32LE(size, 4)
  return Buffer.concat([header, content, Buffer.alloc(content.length % 2)])
}

/** The content of a format chunk. */
export function format(coding: number, channels: number, sampleRate: number, bits: number): Buffer {
  const content = Buffer.alloc(16)
  content.writeUInt16LE(coding, 0)
  content.writeUInt16LE(channels, 2)
  content.writeUInt32LE(sampleRate, 4)
  content.writeUInt32LE((sampleRate * channels * bits) / 8, 8)
  content.writeUInt16LE((channels * bits) / 8, 12)
  content.writeUInt16LE(bits, 14)
  return content
}

/** A WAV file from its chunks. */
export function wavOf(...chunks: Uint8Array[]): Buffer {
  return Buffer.concat([chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), ...chunks]))])
}

/** A mono float32 WAV file. */
export function floatWav(samples: Float32Array, sampleRate: number): Buffer {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
  return wavOf(chunk('fmt ', format(3, 1, sampleRate, 32)), chunk('data', bytes))
}
