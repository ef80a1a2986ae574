import type { GatheredRuns } from './read-runs.ts'

/** results.json: every run that was gathered, whole, a line of text each. */
export function resultsJson(gathered: GatheredRuns): string {
  const { runs, together, variants, shipped } = gathered
  const lists = Object.entries({ runs, together, variants, shipped }).map(
    ([name, entries]) => `"${name}": [\n${entries.map((entry) => JSON.stringify(entry)).join(',\n')}\n]`,
  )
  return `{\n${lists.join(',\n')}\n}\n`
}
