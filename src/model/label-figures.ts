import type { Card } from './schema.ts'

/** How a model did with the clips of one label, at its own threshold; left out where nothing is known of it. */
export interface LabelFigures {
  /** Of the clips in which it named the label the share in which it was right. */
  readonly precision?: number
  /** Of the clips with the label the share in which it named it. */
  readonly recall?: number
}

/** In a card they stand among its figures, which every reader of a model file takes as they are. */
const keyOf = (kind: keyof LabelFigures, label: string) => `${kind} of ${label}`
const KINDS = ['precision', 'recall'] as const
const THOUSAND = 1000

/** A card with the figures of its model's labels, in place of those it had. @param figures null or NaN where nothing is known */
export function withLabelFigures(
  card: Card,
  labels: readonly string[],
  figures: readonly { readonly label: string; readonly precision: number | null; readonly recall: number }[],
): Card {
  const { others } = splitFigures(card, labels)
  const own = figures
    .filter(({ label }) => labels.includes(label))
    .flatMap((figure) => KINDS.map((kind) => [keyOf(kind, figure.label), figure[kind]] as const))
    .filter((entry): entry is [string, number] => Number.isFinite(entry[1]))
    .map(([key, value]) => [key, Math.round(value * THOUSAND) / THOUSAND])
  return { ...card, metrics: { ...others, ...Object.fromEntries(own) } }
}

/** The figures of a card, those of the labels apart from all others. */
export function splitFigures(
  { metrics }: Card,
  labels: readonly string[],
): { readonly ofLabels: ReadonlyMap<string, LabelFigures>; readonly others: Record<string, number> } {
  const ofLabels = new Map<string, LabelFigures>()
  const others = { ...metrics }
  for (const label of labels) {
    const found = KINDS.filter((kind) => Object.hasOwn(metrics, keyOf(kind, label)))
    if (found.length > 0)
      ofLabels.set(label, Object.fromEntries(found.map((kind) => [kind, metrics[keyOf(kind, label)]])))
    for (const kind of found) delete others[keyOf(kind, label)]
  }
  return { ofLabels, others }
}
