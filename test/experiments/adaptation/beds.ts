import { existsSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { LeafError } from '../../../src/error.ts'
import { type RoomHalves, rootMeanSquare } from '../../../src/learning/adaptation/index.ts'
import {
  type Clip,
  decodeClips,
  type Manifest,
  type ManifestRow,
  soundOf,
} from '../../../src/learning/data/index.ts'
import { streams } from '../../../src/learning/random/index.ts'
import { noise } from '../../../src/learning/sound/index.ts'

export const COLOURS = ['pink', 'white', 'brown'] as const
type Colour = (typeof COLOURS)[number]

/** What fills a room: a computed colour, the clips of a label, or a recording. */
export type Noise =
  | { readonly kind: 'colour'; readonly name: Colour }
  | { readonly kind: 'label'; readonly name: string }
  | { readonly kind: 'file'; readonly name: string; readonly path: string }

const COLOUR_SECONDS = 20
/** A recording is cut into pieces as long as clips are. */
const PIECE_SECONDS = 2
const LEAST_PIECES = 4
/** Pieces overlap by this much where they are joined. */
const FADE_SECONDS = 0.02

/** @param text a colour, a label of the folder, or the path of a recording @throws LeafError `arguments` */
export function noiseOf(text: string, { labels, folder }: Manifest): Noise {
  const colour = COLOURS.find((name) => name === text)
  if (colour) return { kind: 'colour', name: colour }
  if (labels.includes(text)) return { kind: 'label', name: text }
  if (existsSync(text)) return { kind: 'file', name: basename(text, extname(text)), path: text }
  throw new LeafError(
    'arguments',
    `"${text}" is no noise: no colour, no label of ${folder}, no file.`,
    `Use ${COLOURS.join(', ')}, one of ${labels.join(', ')}, or the path of a recording.`,
  )
}

/**
 * The beds of a room: two stretches of computed noise; or a recording, or all clips that a label has in valid, cut
 * into pieces of one level, of which every other one is heard while adapting and the rest while measuring.
 *
 * @throws LeafError `audio-file` or `data-folder` naming the file, `arguments` for a noise that is too short
 */
export async function bedsOf(room: Noise, manifest: Manifest, sampleRate: number): Promise<RoomHalves> {
  if (room.kind === 'colour') {
    const of = (part: number) => noise(COLOUR_SECONDS * sampleRate, room.name, streams.roomNoise(part))
    return { adapting: of(0), measuring: of(1) }
  }
  const pieces = await piecesOf(room, manifest, sampleRate)
  const sounding = pieces.filter((piece) => rootMeanSquare(piece) > 0)
  if (sounding.length < LEAST_PIECES) {
    throw new LeafError(
      'arguments',
      `The noise "${room.name}" has ${sounding.length} pieces that are not silent.`,
      `Give one with at least ${LEAST_PIECES}: clips in valid, or ${PIECE_SECONDS} seconds each of a recording.`,
    )
  }
  const of = (part: number) => joined(sounding.filter((_, i) => i % 2 === part).map(levelled), sampleRate)
  return { adapting: of(0), measuring: of(1) }
}

async function piecesOf(
  room: Exclude<Noise, { kind: 'colour' }>,
  { labels, rows }: Manifest,
  sampleRate: number,
): Promise<Float32Array[]> {
  if (room.kind === 'label') {
    const label = labels.indexOf(room.name)
    const own = rows.filter((row) => row.split === 'valid' && row.labels.includes(label))
    return (await decodeClips(own, sampleRate, () => {})).map(soundOf)
  }
  const [recording]: Clip[] = await decodeClips([rowOf(room.path)], sampleRate, () => {})
  const sound = soundOf(recording)
  const length = PIECE_SECONDS * sampleRate
  return Array.from({ length: Math.floor(sound.length / length) }, (_, i) =>
    sound.subarray(i * length, (i + 1) * length),
  )
}

function rowOf(path: string): ManifestRow {
  return { file: path, path, labels: [], split: 'valid', group: path, source: '', shippable: false }
}

function levelled(piece: Float32Array): Float32Array {
  const level = rootMeanSquare(piece)
  return piece.map((sample) => sample / level)
}

/** One after the other, faded so that the power stays: the end of the last one into the first as well. */
function joined(pieces: readonly Float32Array[], sampleRate: number): Float32Array {
  const fade = Math.round(FADE_SECONDS * sampleRate)
  const bed = new Float32Array(pieces.reduce((sum, { length }) => sum + length - fade, 0))
  let start = 0
  for (const piece of pieces) {
    for (let i = 0; i < piece.length; i++) {
      const share = Math.min(1, (i + 0.5) / fade, (piece.length - i - 0.5) / fade)
      bed[(start + i) % bed.length] += Math.sqrt(share) * piece[i]
    }
    start += piece.length - fade
  }
  return bed
}
