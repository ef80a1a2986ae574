import { LeafError } from '../error.ts'
import type { Decoding } from '../model/index.ts'
import { shown, tagOf } from '../tag-of.ts'
import { type LabelName, labelKey } from './label-name.ts'

/**
 * How scores become events, where not as the model's file says. What is left out stays as it is; null takes the model's own
 * again. A label is named alone, or as "head/label" where several heads have one of that name.
 */
export interface DecodingOptions {
  /**
   * Smoothed scores at which events begin, 0 to 1, by label; at 1 none does. Events end at the same share of it as in the
   * model.
   */
  thresholds?: Readonly<Record<string, number>> | null
  /** The labels of which events are told; scores are those of all. */
  labels?: readonly string[] | null
  decoding?: DecodingTimes | null
}

/** The times of decoding, seconds, 0 to 60 each. */
export interface DecodingTimes {
  /**
   * Time constant of the exponential smoothing of scores; 0 for none. Another one than the model's is without its onset
   * offsets.
   */
  smoothingSeconds?: number
  /** Two events of one label no further apart than this by their scores are one. */
  mergeGapSeconds?: number
  /** Events shorter than this by their scores, before any onset offset, are not told, of whatever label. */
  minimumSeconds?: number
}

type LabelDecoding = Decoding['labels'][number]

const TIMES = ['smoothingSeconds', 'mergeGapSeconds', 'minimumSeconds'] as const
/** As a model's file may have it. */
const LONGEST_SECONDS = 60

/** How a model's scores are decoded now: as its file says, or changed. */
export class DecodingSettings {
  readonly #names: readonly LabelName[]
  readonly #original: Decoding
  #thresholds: ReadonlyMap<number, number> = new Map()
  #heard: ReadonlySet<number> | null = null
  #times: DecodingTimes = {}
  #labels: readonly LabelDecoding[]

  /**
   * @param names of the labels, in the order of the scores
   * @param decoding the model's own, its labels in the same order
   */
  constructor(names: readonly LabelName[], decoding: Decoding) {
    this.#names = names
    this.#original = decoding
    this.#labels = decoding.labels
  }

  /** Smoothed scores at which events begin, 0 to 1, by `labelKey`. A copy. */
  get thresholds(): Readonly<Record<string, number>> {
    return Object.freeze(
      Object.fromEntries(this.#names.map((name, place) => [labelKey(name), this.#labels[place].on])),
    )
  }

  /** Seconds. */
  get smoothingSeconds(): number {
    return this.#times.smoothingSeconds ?? this.#original.smoothingSeconds
  }

  /** Seconds. */
  get mergeGapSeconds(): number {
    return this.#times.mergeGapSeconds ?? this.#original.mergeGapSeconds
  }

  /** What was changed, for whoever decodes as the model's file says. */
  get changes(): DecodingOptions {
    const key = (place: number) => labelKey(this.#names[place])
    return {
      thresholds: Object.fromEntries(Array.from(this.#thresholds, ([place, on]) => [key(place), on])),
      labels: this.#heard && Array.from(this.#heard, key),
      decoding: this.#times,
    }
  }

  /** How a label is decoded, by its place among the scores. */
  label(place: number): LabelDecoding {
    return this.#labels[place]
  }

  /**
   * Whether events of a label are told, by its place among the scores. From a threshold of 1 none are, though scores of a
   * sure model round to it.
   */
  isHeard(place: number): boolean {
    return this.#labels[place].on < 1 && (this.#heard?.has(place) ?? true)
  }

  /**
   * Changes all that is given, or where something is wrong nothing.
   * @throws LeafError `arguments` for a label that is not there or in several heads, a threshold outside 0 to 1, a time
   * outside 0 to 60 s, and an option that is none
   */
  set(options: DecodingOptions): void {
    if (tagOf(options) !== 'Object')
      throw noRecord('The options', options, 'some of thresholds, labels, decoding')
    const { thresholds, labels, decoding, ...others } = options
    requireKnown('option', others)
    requireRecord('thresholds', thresholds, 'numbers from 0 to 1, by label')
    requireRecord('decoding', decoding, `some of ${TIMES.join(', ')}`)
    const moved = thresholds === undefined ? this.#thresholds : new Map(thresholds && this.#thresholds)
    for (const [key, value] of Object.entries(thresholds ?? {}))
      (moved as Map<number, number>).set(findLabel(this.#names, key), checkThreshold(value))
    const heard = labels === undefined ? this.#heard : labels && this.#places(labels)
    const times =
      decoding === undefined ? this.#times : decoding ? { ...this.#times, ...checkTimes(decoding) } : {}
    this.#thresholds = moved
    this.#heard = heard
    this.#times = times
    const isResmoothed = this.smoothingSeconds !== this.#original.smoothingSeconds
    this.#labels = this.#original.labels.map((label, place) => ({
      ...moveThreshold(label, moved.get(place) ?? label.on),
      minimumSeconds: times.minimumSeconds ?? label.minimumSeconds,
      // Smoothing delays scores by itself.
      ...(isResmoothed && label.onsetOffsetSeconds !== undefined && { onsetOffsetSeconds: 0 }),
    }))
  }

  #places(labels: readonly string[]): ReadonlySet<number> {
    if (!Array.isArray(labels) || labels.length === 0)
      throw new LeafError(
        'arguments',
        `No label is to be heard: labels is ${Array.isArray(labels) ? 'an empty list' : shown(labels)}.`,
        'Pass a list with some of the labels, or leave it out.',
      )
    return new Set(labels.map((key) => findLabel(this.#names, key)))
  }
}

/** The one at which events end keeps its share of the one at which they begin. */
function moveThreshold(label: LabelDecoding, on: number): LabelDecoding {
  if (on === label.on) return label
  return { ...label, on, off: label.on === 0 ? on : Math.min(on, (on * label.off) / label.on) }
}

function checkThreshold(value: number): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value
  throw new LeafError('arguments', `The threshold is ${shown(value)}.`, 'Use a number from 0 to 1.')
}

function checkTimes(decoding: DecodingTimes): DecodingTimes {
  const times: DecodingTimes = {}
  const { smoothingSeconds, mergeGapSeconds, minimumSeconds, ...others } = decoding
  requireKnown('option of decoding', others)
  for (const name of TIMES) {
    const value = decoding[name]
    if (value === undefined) continue
    if (!(typeof value === 'number' && value >= 0 && value <= LONGEST_SECONDS))
      throw new LeafError(
        'arguments',
        `decoding.${name} is ${shown(value)}.`,
        `Use seconds from 0 to ${LONGEST_SECONDS}.`,
      )
    times[name] = value
  }
  return times
}

/** From JavaScript anything can come. @throws LeafError `arguments` for a Map, a list, a number */
function requireRecord(name: string, value: unknown, wanted: string): void {
  if (value !== undefined && value !== null && tagOf(value) !== 'Object') throw noRecord(name, value, wanted)
}

function noRecord(name: string, value: unknown, wanted: string): LeafError {
  return new LeafError(
    'arguments',
    `${name}: this is no object (${shown(value)}).`,
    `Pass one with ${wanted}.`,
  )
}

function requireKnown(what: string, others: object): void {
  const [name] = Object.keys(others)
  if (name !== undefined)
    throw new LeafError('arguments', `There is no ${what} "${name}".`, 'Check its spelling, or leave it out.')
}

/**
 * Where a label stands among a model's.
 * @param key the label, or "head/label"
 * @throws LeafError `arguments` for a label or head that is not there, or a label of several heads without its head
 */
export function findLabel(names: readonly LabelName[], key: string): number {
  const exact = names.findIndex((name) => labelKey(name) === key)
  if (exact >= 0) return exact
  const matches = names.flatMap(({ label }, place) => (label === key ? [place] : []))
  if (matches.length === 1) return matches[0]
  const quoted = JSON.stringify(key)
  if (matches.length === 0)
    throw new LeafError(
      'arguments',
      `The model has no label ${quoted}.`,
      `Use one of the model's labels: ${names.map(labelKey).join(', ')}.`,
    )
  throw new LeafError(
    'arguments',
    `The label ${quoted} is in several heads.`,
    `Name the head too: ${matches.map((place) => names[place].head).join(', ')}.`,
  )
}
