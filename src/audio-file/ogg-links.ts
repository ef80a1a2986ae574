import type { LeafError } from '../error.ts'
import { HEAD_BYTES, oggCodec } from './codec.ts'
import { damagedFile, truncatedFile, unsupportedFile } from './errors.ts'
import { type OggPage, oggPages, PacketReader } from './ogg-pages.ts'
import type { SoundBytes } from './sound-bytes.ts'

// A page header of 27 bytes and one segment length precede the first packet.
const FIRST_PACKET = 28

/** What ends on a page of the stream that is heard. */
export interface OggPackets {
  readonly codec: 'vorbis' | 'opus' | 'flac'
  readonly packets: readonly Uint8Array[]
  /** Of the last of them; null where none ends here. */
  readonly granule: bigint | null
  /** Begins a stream: each is decoded as a file of its own. */
  readonly isFirst: boolean
  /** Ends it. */
  readonly isLast: boolean
}

/** Streams that begin side by side, of which one is heard. */
class Link {
  readonly #reader = new PacketReader()
  readonly #others: string[] = []
  #heard: { serial: number; codec: OggPackets['codec'] } | null = null
  #begun = false
  #sequence = 0
  #headerPages = 0
  isOver = false

  constructor(private readonly path: string) {}

  /** Whether pages other than the first of each stream have come. */
  get hasBegun(): boolean {
    return this.#begun
  }

  /** @throws LeafError('audio-file') where a page is missing, or no stream is one that we read */
  take(page: OggPage): Omit<OggPackets, 'isLast'> | null {
    if (page.isFirst) {
      const codec = oggCodec(page.body)
      if (typeof codec !== 'string') this.#others.push(codec.name)
      else if (this.#heard === null) {
        this.#heard = { serial: page.serial, codec }
        this.#sequence = page.sequence
        return { codec, packets: this.#reader.read(page), granule: null, isFirst: true }
      }
      return null
    }
    this.#begun = true
    this.requireHeard()
    if (page.serial !== this.#heard?.serial) return null
    this.#requireNext(page)
    if (page.isLast) this.isOver = true
    const packets = this.#reader.read(page)
    return { codec: this.#heard.codec, packets, granule: page.granule, isFirst: false }
  }

  requireHeard(): void {
    if (!this.#heard) throw this.unheard()
  }

  /** Whether no page has come. */
  get isEmpty(): boolean {
    return this.#heard === null && this.#others.length === 0
  }

  unheard(): LeafError {
    const names = [...new Set(this.#others)].join(' and ')
    return unsupportedFile(
      this.path,
      `is Ogg with neither Vorbis, Opus nor FLAC first in it${names && `, but ${names}`}`,
    )
  }

  /** A recording of a running stream may miss pages after those of its headers, and nowhere else. */
  #requireNext({ sequence, isContinued }: OggPage): void {
    const missing = sequence - this.#sequence - 1
    this.#sequence = sequence
    this.#headerPages++
    if (missing === 0 || (this.#headerPages <= 3 && missing > 0 && !isContinued)) return
    throw damagedFile(this.path, `a page is damaged or missing before page ${sequence} of its stream`)
  }
}

/**
 * The packets of what is heard in an Ogg file: of the first stream of a codec of ours, then in a chained file of that of
 * each further link.
 *
 * @throws LeafError('audio-file') where pages are damaged, missing or cut off, or a link holds nothing that we read
 */
export async function* oggPackets(bytes: SoundBytes): AsyncGenerator<OggPackets> {
  let link = new Link(bytes.path)
  // Only what follows a page tells that it is its link's last.
  let held: Omit<OggPackets, 'isLast'> | null = null
  const pages = oggPages(bytes)
  for (;;) {
    const { value, done } = await pages.next()
    if (done) {
      // Of what is no page nothing is lost behind a stream's end.
      if (value.isPage || (value.bytes > 0 && !link.isOver)) throw await endError(bytes, link)
      break
    }
    if (value.isFirst && link.hasBegun) {
      if (value.isAfterDamage && !link.isOver)
        throw damagedFile(bytes.path, 'a page is damaged or missing at the end of a link')
      if (held) yield { ...held, isLast: true }
      held = null
      link = new Link(bytes.path)
    }
    const taken = link.take(value)
    if (taken === null) continue
    if (held) yield { ...held, isLast: false }
    held = taken
  }
  link.requireHeard()
  if (held) yield { ...held, isLast: true }
}

/** Where not even a first page is whole, its codec still tells what the file is. */
async function endError(bytes: SoundBytes, link: Link): Promise<LeafError> {
  const head = await bytes.at(bytes.start, HEAD_BYTES)
  if (
    link.isEmpty &&
    head.length >= FIRST_PACKET &&
    typeof oggCodec(head.subarray(FIRST_PACKET)) !== 'string'
  )
    return link.unheard()
  return truncatedFile(bytes.path, 'within its last page')
}
