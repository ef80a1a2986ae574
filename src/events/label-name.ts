/** A label, and the head it belongs to where the model has heads. */
export interface LabelName {
  readonly head?: string
  readonly label: string
}

/** One name for a label of one head, as people write it: "speech", or "digit/one" where the model has heads. */
export function labelKey({ head, label }: LabelName): string {
  return head === undefined ? label : `${head}/${label}`
}

/**
 * Names of a model's labels, in the order of its scores.
 * @param heads that the labels belong to; they stand side by side in the list of labels
 */
export function labelNames(
  labels: readonly string[],
  heads: readonly { readonly name: string; readonly labels: number }[] = [],
): LabelName[] {
  const headOf = heads.flatMap(({ name, labels }) => new Array<string>(labels).fill(name))
  return labels.map((label, i) => (heads.length > 0 ? { head: headOf[i], label } : { label }))
}
