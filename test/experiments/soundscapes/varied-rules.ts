import { type PageRules, pageRules } from './show-offline.ts'

/** What else each of the page's rules could be, in words. */
const OTHERS: readonly {
  readonly rule: keyof PageRules
  readonly values: readonly number[]
  title(value: number): string
}[] = [
  { rule: 'share', values: [0.3, 0.4, 0.6, 0.7, 0.8], title: (value) => `shown from ${value}` },
  { rule: 'mergeGapSeconds', values: [2, 0.5, 0], title: (value) => `gaps of ${value} s merged` },
  {
    rule: 'covered',
    values: [0.25, 0.75, Number.POSITIVE_INFINITY],
    title: (value) => (Number.isFinite(value) ? `covered by ${value}` : 'no weaker name left out'),
  },
  {
    rule: 'burstRise',
    values: [15, 6, Number.NEGATIVE_INFINITY],
    title: (value) => (Number.isFinite(value) ? `bursts ${value} dB above the room` : 'bursts at any level'),
  },
]

/** The page's rules, and each of them changed by itself. */
export function variedRules(): readonly (readonly [title: string, rules: PageRules])[] {
  const changed = OTHERS.flatMap(({ rule, values, title }) =>
    values.map((value) => [title(value), { ...pageRules, [rule]: value }] as const),
  )
  return [['as the page is', pageRules], ...changed]
}
