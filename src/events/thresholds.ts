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

/**
 * The decoding of a label with another threshold; the one at which its events end keeps its share of it.
 * @throws LeafError `arguments` for a value outside 0 to 1
 */
export function moveThreshold<Label extends { readonly on: number; readonly off: number }>(
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
export function findLabel(names: readonly LabelName[], { label, head }: LabelName): number {
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
