import { type PageRules, pageRules } from './show-offline.ts'

/** What else each of the page's rules could be; the last of each does without it. */
const OTHERS: { readonly [Rule in keyof PageRules]: readonly number[] } = {
  share: [0.3, 0.4, 0.6, 0.7, 0.8],
  mergeGapSeconds: [2, 0.5, 0],
  covered: [0.25, 0.75, 1.01],
  burstRise: [15, 6, Number.NEGATIVE_INFINITY],
}

/** The page's rules, and each of them changed by itself. */
export function variedRules(): readonly (readonly [title: string, rules: PageRules])[] {
  const changed = Object.entries(OTHERS).flatMap(([rule, values]) =>
    values.map((value) => [`${rule} ${value}`, { ...pageRules, [rule]: value }] as const),
  )
  return [['as the page is', pageRules], ...changed]
}
