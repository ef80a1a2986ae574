import { LeafError } from '../error.ts'
import type { Decoding } from '../model/index.ts'
import { type LabelName, labelKey } from './label-name.ts'

/** A label and the smoothed score at which its events begin from now on, 0 to 1. */
export interface Threshold extends LabelName {
  readonly value: number
}

/** The thresholds of a model by `labelKey`. */
export function thresholdsOf(
  names: readonly LabelName[],
  labels: Decoding['labels'],
): Record<string, number> {
  return Object.fromEntries(names.map((name, i) => [labelKey(name), labels[i].on]))
}

/** The thresholds of a model's labels as they are now. */
export class Thresholds {
  readonly #names: readonly LabelName[]
  readonly #original: Decoding['labels']
  readonly #labels: Decoding['labels'][number][]
  readonly #changes = new Map<number, Threshold>()

  /**
   * @param names of the labels, in the order of the scores
   * @param labels how each is decoded by the model, in the same order
   */
  constructor(names: readonly LabelName[], labels: Decoding['labels']) {
    this.#names = names
    this.#original = labels
    this.#labels = [...labels]
  }

  /** Smoothed scores at which events begin, 0 to 1, by `labelKey`. A copy. */
  get values(): Readonly<Record<string, number>> {
    return Object.freeze(thresholdsOf(this.#names, this.#labels))
  }

  /** Those that were changed, for whoever decodes with the model's own. */
  get changes(): readonly Threshold[] {
    return [...this.#changes.values()]
  }

  /** How a label is decoded now, by its place among the scores. */
  decoding(place: number): Decoding['labels'][number] {
    return this.#labels[place]
  }

  /**
   * Changes when events of a label begin; they end at the same share of it as in the model.
   * @returns the label's place among the scores
   * @throws LeafError `arguments` for a value outside 0 to 1, and for a label that is not there or in several heads
   */
  set(threshold: Threshold): number {
    const place = findLabel(this.#names, threshold)
    this.#labels[place] = moveThreshold(this.#original[place], threshold.value)
    this.#changes.set(place, threshold)
    return place
  }
}

/**
 * The decoding of a label with another threshold; the one at which its events end keeps its share of it.
 * @throws LeafError `arguments` for a value outside 0 to 1
 */
function moveThreshold<Label extends { readonly on: number; readonly off: number }>(
  label: Label,
  value: number,
): Label {
  if (!(value >= 0 && value <= 1))
    throw new LeafError('arguments', `The threshold is ${value}.`, 'Use a number from 0 to 1.')
  return {
    ...label,
    on: value,
    off: label.on === 0 ? value : Math.min(value, (value * label.off) / label.on),
  }
}

/**
 * Where a label stands among a model's.
 * @throws LeafError `arguments` for a label or head that is not there, or a label of several heads without its head
 */
function findLabel(names: readonly LabelName[], { label, head }: LabelName): number {
  const matches = names.flatMap((name, i) =>
    name.label === label && (head === undefined || name.head === head) ? [i] : [],
  )
  if (matches.length === 1) return matches[0]
  const quoted = JSON.stringify(labelKey({ head, label }))
  if (matches.length === 0)
    throw new LeafError('arguments', `The model has no label ${quoted}.`, "Use one of the model's labels.")
  throw new LeafError(
    'arguments',
    `The label ${quoted} is in several heads.`,
    `Name the head too: ${matches.map((i) => names[i].head).join(', ')}.`,
  )
}
