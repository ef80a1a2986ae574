import type { GatheredRuns } from './read-runs.ts'
import type { GatheredRun } from './record-schema.ts'

/**
 * results.json: `rows`, one per run of a task and gain, beside them what every run learned, and `together`, the runs of
 * all tasks at once. A line of text for each.
 */
export function resultsJson({ runs, together }: GatheredRuns): string {
  const rows = runs.flatMap(rowsOf)
  const curves = runs.map((run) => ({ ...nameOf(run), curve: run.curve }))
  const parameters = runs
    .filter((run) => run.parameters.length > 0)
    .map((run) => ({ ...nameOf(run), parameters: run.parameters }))
  const lists = Object.entries({ rows, curves, parameters, together }).map(
    ([name, entries]) => `"${name}": [\n${entries.map((entry) => JSON.stringify(entry)).join(',\n')}\n]`,
  )
  return `{\n${lists.join(',\n')}\n}\n`
}

function nameOf({ task, system, seed, condition }: GatheredRun) {
  return { task, system, seed, condition }
}

function rowsOf(run: GatheredRun) {
  const { test, valid, clips, labels, chance, majority, settings } = run
  const { bestStep, leftOut, seconds, examplesPerSecond, weights } = run
  return test
    .toSorted((one, other) => other.gainDb - one.gainDb)
    .map(({ gainDb, accuracy, crossEntropy }) => ({
      ...nameOf(run),
      gainDb,
      accuracy,
      crossEntropy,
      validAccuracy: valid.accuracy,
      validCrossEntropy: valid.crossEntropy,
      chance,
      majority,
      labels,
      clips,
      bestStep,
      leftOut,
      seconds,
      examplesPerSecond,
      weights,
      settings,
    }))
}
