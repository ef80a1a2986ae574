/** Which test clips were answered rightly, as a run records it: `right` and `groups`. */

/** Groups by name, each with the places of its clips. */
export function grouping(names: readonly string[]): number[][] {
  const groups = new Map<string, number[]>()
  names.forEach((name, i) => {
    groups.set(name, [...(groups.get(name) ?? []), i])
  })
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, places]) => places)
}

/** Four answers to a hexadecimal digit, the first in the highest bit; the last digit is filled up with zeros. */
export function written(answers: readonly boolean[]): string {
  return Array.from({ length: Math.ceil(answers.length / 4) }, (_, i) =>
    [0, 1, 2, 3].reduce((digit, j) => 2 * digit + Number(answers[4 * i + j] ?? false), 0).toString(16),
  ).join('')
}

/** @param count of the answers @throws RangeError when the text holds another number of digits */
export function answersOf(text: string, count: number): boolean[] {
  if (text.length !== Math.ceil(count / 4)) throw new RangeError(`${text.length} digits for ${count} answers`)
  return Array.from(
    { length: count },
    (_, i) => ((Number.parseInt(text[i >> 2], 16) >> (3 - (i & 3))) & 1) === 1,
  )
}
