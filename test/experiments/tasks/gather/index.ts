import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '../../../../src/learning/node/index.ts'
import { CONDITIONS } from '../design/names.ts'
import { drawPictures, PICTURES } from '../figures/pictures.ts'
import type { GatherOptions } from '../gather-options.ts'
import { differenceSection } from './difference-tables.ts'
import { eachTask, readRuns } from './read-runs.ts'
import { readme } from './readme.ts'
import type { GatheredRun } from './record-schema.ts'
import { resultsJson } from './results.ts'
import { Scoreboard } from './scoreboard.ts'

export { parseGatherOptions } from '../gather-options.ts'

/**
 * `npm run tasks -- --gather`: adds the single runs to OUT/results.json and writes README.md and the figures from all that
 * it then holds; how LEAF and mel differ is printed, too. The same runs give the same bytes; a figure that no run is left for is taken away.
 *
 * @throws LeafError `data-folder` when there is no run, or naming the file that cannot be used.
 */
export function gather({ out, runs: folder }: GatherOptions): void {
  const gathered = readRuns(out, folder)
  const { runs, together, variants, shipped } = gathered
  const boards = boardsOf(runs)
  const pictures = drawPictures(runs, boards)
  writeWhole(join(out, 'results.json'), resultsJson(gathered))
  const shared = { together, boards: boardsOf(together.flatMap(eachTask)) }
  writeWhole(
    join(out, 'README.md'),
    readme({ runs, boards, shared, variants, shipped, pictures: new Set(pictures.keys()), out }),
  )
  const differences = differenceSection(runs, together)
  if (differences.length > 0) process.stdout.write(`${differences.join('\n\n')}\n`)
  for (const name of PICTURES) {
    const content = pictures.get(name)
    if (content === undefined) rmSync(join(out, name), { force: true })
    else writeWhole(join(out, name), content)
  }
}

/** By condition, loudest first. */
function boardsOf(runs: readonly GatheredRun[]): Scoreboard[] {
  return CONDITIONS.flatMap((condition) => {
    const ofCondition = runs.filter((run) => run.condition === condition)
    const gains = new Set(ofCondition.flatMap(({ test }) => test.map(({ gainDb }) => gainDb)))
    return [...gains]
      .sort((one, other) => other - one)
      .map((gainDb) => new Scoreboard(ofCondition, condition, gainDb))
  })
}
