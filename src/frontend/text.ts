/** The least and the largest of some values, for summaries. */
export function range(values: ArrayLike<number>, unit = ''): string {
  const numbers = Array.from(values)
  const [least, most] = [short(Math.min(...numbers)), short(Math.max(...numbers))]
  return `${least === most ? least : `${least} to ${most}`}${unit && ` ${unit}`}`
}

/** Four digits are enough to recognise a number. */
export function short(value: number): string {
  return `${Number(value.toPrecision(4))}`
}
