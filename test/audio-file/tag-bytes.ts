interface Id3v2 {
  /** Bytes of its content. */
  size: number
  /** Whether its size has eight bits a byte, as some writers have it, in place of seven. */
  plain?: boolean
  footer?: boolean
}

/** An ID3v2.4 tag whose content is letters. */
export function id3v2({ size, plain = false, footer = false }: Id3v2): Buffer {
  const header = Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1')
  if (footer) header[5] = 0x10
  const bits = plain ? 8 : 7
  for (let i = 0; i < 4; i++) header[9 - i] = (size >> (bits * i)) & (plain ? 255 : 127)
  const tail = Buffer.from(header)
  tail.write('3DI', 'latin1')
  return Buffer.concat([header, Buffer.alloc(size, 'a'), ...(footer ? [tail] : [])])
}

export function id3v1(): Buffer {
  const tag = Buffer.alloc(128)
  tag.write('TAGtitle', 'latin1')
  return tag
}

/** The extension that stands before an ID3v1 tag. */
export function id3v1Enhanced(): Buffer {
  const tag = Buffer.alloc(227)
  tag.write('TAG+longer title', 'latin1')
  return Buffer.concat([tag, id3v1()])
}

/** An APEv2 tag with its footer, and with a header as well. */
export function apev2(withHeader: boolean, size = 100): Buffer {
  const frame = (flags: number) => {
    const part = Buffer.alloc(32)
    part.write('APETAGEX', 'latin1')
    part.writeUInt32LE(2000, 8)
    part.writeUInt32LE(size + 32, 12)
    part.writeUInt32LE(flags, 20)
    return part
  }
  const hasHeader = withHeader ? 0x80000000 : 0
  const header = withHeader ? [frame(0xa0000000)] : []
  return Buffer.concat([...header, Buffer.alloc(size, 'b'), frame(hasHeader)])
}

export function lyrics3(): Buffer {
  const content = `LYRICSBEGININD0000200${'la '.repeat(30)}`
  return Buffer.from(`${content}${String(content.length).padStart(6, '0')}LYRICS200`, 'latin1')
}

/** Lyrics3 before its second version. */
export function oldLyrics3(): Buffer {
  return Buffer.from(`LYRICSBEGIN${'la '.repeat(300)}LYRICSEND`, 'latin1')
}
