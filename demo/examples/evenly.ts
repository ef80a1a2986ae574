/** @returns all, or where they are more, `most` of them at equal distances */
export function evenly<Value>(all: readonly Value[], most: number): readonly Value[] {
  if (all.length <= most) return all
  return Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)])
}
