/** What names have in common: "3" where all have it, else "3 (leaf, mel-log), 1 (sincnet)". */
export function grouped(entries: readonly (readonly [name: string, value: string])[]): string {
  const names = new Map<string, string[]>()
  for (const [name, value] of entries) names.set(value, [...(names.get(value) ?? []), name])
  if (names.size === 1) return entries[0][1]
  return [...names].map(([value, those]) => `${value} (${those.join(', ')})`).join(', ')
}
