import { LeafError } from '../error.ts'
import { choiceAt, integerAt, numberAt, objectAt, onlyKeys } from './checks.ts'
import { checkCombination } from './combination.ts'
import { type Compression, compressions } from './compression/index.ts'
import { type Filterbank, filterbanks } from './filterbank/index.ts'
import { type Geometry, hopOf, windowLengthOf } from './geometry.ts'
import type { DescriptionOf, Part } from './part.ts'
import { type Pooling, poolings } from './pooling/index.ts'
import { type Rectifier, rectifiers } from './rectifier.ts'

/** A frontend as plain data: filtering, pooling, compression and their parameters. Serialises to the canonical JSON. */
export interface FrontendDescription {
  /** Hz. */
  readonly sampleRate: number
  readonly windowMs: number
  readonly hopMs: number
  readonly channels: number
  readonly filterbank: Filterbank
  readonly rectifier: Rectifier
  readonly pooling: Pooling
  /** Least pooled energy; 0 for none. */
  readonly energyFloor: number
  readonly compression: Compression
  readonly alignment: {
    /** Samples before `i · hop` at which the pooling window of frame i begins. */
    readonly poolingLeft: number
    /** False: only frames whose window lies inside the signal. Absent: true. */
    readonly partialFrames?: boolean
  }
}

/** Hz, a whole number. */
export const SAMPLE_RATES = { min: 4000, max: 192000 } as const

const KEYS = [
  'sampleRate', 'windowMs', 'hopMs', 'channels', 'filterbank', 'rectifier', 'pooling', 'energyFloor', 'compression',
  'alignment',
] as const; // biome-ignore format: one key list, read at a glance

/** Most filters of a frontend. */
export const MOST_CHANNELS = 512
/** Most taps a filter may have: bounds memory before anything is allocated. */
export const MOST_TAPS = 16384

/** The sizes that a checked description implies. */
export function geometryOf(frontend: FrontendDescription): Geometry {
  return {
    sampleRate: frontend.sampleRate,
    windowLength: windowLengthOf(frontend.sampleRate, frontend.windowMs),
    hop: hopOf(frontend.sampleRate, frontend.hopMs),
    channels: frontend.channels,
    poolingLeft: frontend.alignment.poolingLeft,
    partialFrames: frontend.alignment.partialFrames ?? true,
  }
}

/**
 * Checks a value from outside (a JSON file, a model's metadata) and returns it as a description.
 * Values that miss a bound by less than 1e-6 of it are set to the bound.
 *
 * @throws LeafError `description` with the path of the first key that is unknown, missing, of the wrong
 * length, not finite or outside its bounds.
 */
export function parseFrontend(value: unknown): FrontendDescription {
  const object = objectAt(value, 'the description')
  onlyKeys(object, KEYS, '')
  const sampleRate = integerAt(object.sampleRate, 'sampleRate', SAMPLE_RATES)
  const windowMs = numberAt(object.windowMs, 'windowMs', { min: 1, max: 1000 })
  const hopMs = numberAt(object.hopMs, 'hopMs', { min: 1, max: windowMs })
  const channels = integerAt(object.channels, 'channels', { min: 1, max: MOST_CHANNELS })
  const windowLength = windowLengthOf(sampleRate, windowMs)
  if (windowLength > MOST_TAPS) {
    throw new LeafError('description', `windowMs makes ${windowLength} taps.`, `Keep it within ${MOST_TAPS}.`)
  }
  const alignment = parseAlignment(object.alignment, windowLength)
  const geometry: Geometry = {
    sampleRate, windowLength, hop: hopOf(sampleRate, hopMs), channels,
    poolingLeft: alignment.poolingLeft, partialFrames: alignment.partialFrames ?? true,
  }; // biome-ignore format: compact on purpose
  const frontend: FrontendDescription = {
    sampleRate,
    windowMs,
    hopMs,
    channels,
    filterbank: parsePart(filterbanks, object.filterbank, 'filterbank', geometry),
    rectifier: choiceAt(object.rectifier, 'rectifier', rectifiers),
    pooling: parsePart(poolings, object.pooling, 'pooling', geometry),
    energyFloor: numberAt(object.energyFloor, 'energyFloor', { min: 0, max: 1 }),
    compression: parsePart(compressions, object.compression, 'compression', geometry),
    alignment,
  }
  checkCombination(frontend)
  return frontend
}

function parseAlignment(value: unknown, windowLength: number): FrontendDescription['alignment'] {
  const object = objectAt(value, 'alignment')
  onlyKeys(object, ['poolingLeft', 'partialFrames'], 'alignment')
  const poolingLeft = integerAt(object.poolingLeft, 'alignment.poolingLeft', {
    min: 0,
    max: windowLength - 1,
  })
  if (object.partialFrames === undefined) return { poolingLeft }
  if (typeof object.partialFrames !== 'boolean') {
    throw new LeafError(
      'description',
      'alignment.partialFrames is not true or false.',
      'Leave it out for true.',
    )
  }
  if (!object.partialFrames && poolingLeft !== 0) {
    throw new LeafError(
      'description',
      'alignment.poolingLeft is not 0.',
      'Without partial frames it has to be.',
    )
  }
  return { poolingLeft, partialFrames: object.partialFrames }
}

type Parser = Pick<Part<{ readonly kind: string }>, 'parse'>

function parsePart<Families extends Record<string, Parser>>(
  families: Families,
  value: unknown,
  path: string,
  geometry: Geometry,
): DescriptionOf<Families[keyof Families]> {
  const object = objectAt(value, path)
  const kind = choiceAt(object.kind, `${path}.kind`, Object.keys(families))
  return families[kind].parse(object, path, geometry) as DescriptionOf<Families[keyof Families]>
}
