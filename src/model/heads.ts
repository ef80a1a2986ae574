/** One question a classifier answers: its labels exclude each other, and their scores, a softmax, sum to 1. */
export interface Head {
  readonly name: string
  /** How many labels it has; those of all heads stand side by side in the list of labels. */
  readonly labels: number
}

/** Where a head's labels lie. */
export interface HeadPlace {
  readonly name: string
  readonly start: number
  /** One past its last label. */
  readonly end: number
}

/** Where the labels of each head begin and end among all labels. */
export function placesOf(heads: readonly Head[]): HeadPlace[] {
  let end = 0
  return heads.map(({ name, labels }) => {
    const start = end
    end += labels
    return { name, start, end }
  })
}

/** Turns logits into scores, in place: a softmax over each head. @param rows [windows, labels of all heads] */
export function softmaxOfHeads(rows: Float32Array, heads: readonly Head[]): void {
  const places = placesOf(heads)
  const labels = places[places.length - 1].end
  for (let row = 0; row < rows.length; row += labels) {
    for (const { start, end } of places) softmax(rows.subarray(row + start, row + end))
  }
}

/** Turns logits into scores that sum to 1, in place. */
export function softmax(values: Float32Array): void {
  const highest = values.reduce((most, value) => Math.max(most, value))
  const powers = Float64Array.from(values, (value) => Math.exp(value - highest))
  const sum = powers.reduce((total, power) => total + power, 0)
  powers.forEach((power, i) => {
    values[i] = power / sum
  })
}
