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

/** Characters that nobody sees: soft hyphen, zero-width spaces and joiners, marks of direction, selectors of variants. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu

/** What two names of classes share that people take for one: NFC, without characters that nobody sees, and without case. */
export function nameKey(name: string): string {
  // Upper case first: only then sharp s and the two small sigmas become what they share.
  return name.replace(UNSEEN, '').toUpperCase().toLowerCase().normalize('NFC')
}
