import { type Axis, linearAxis } from '../../report/axis.ts'
import { boxAt, type Grid, sizeOf } from '../../report/grid.ts'
import { legend } from '../../report/legend.ts'
import { polyline } from '../../report/marks.ts'
import { Panel } from '../../report/panel.ts'
import { figure, group, type Point, text, upright } from '../../report/svg.ts'
import { TASKS } from '../design/names.ts'
import { type LearnedValues, learnedValues } from '../gather/learned-values.ts'
import type { GatheredRun } from '../gather/record-schema.ts'

const PARAMETERS = ['alpha', 'delta', 'root', 'smooth'] as const
/** Free room above and below, as a share of the range. */
const ROOM = 0.08

type RowValues = ReadonlyMap<GatheredRun, LearnedValues>

/**
 * A column per task, a row per parameter of PCEN: its value in each channel before learning (dashed) and after, a line
 * per seed.
 *
 * @param runs of one system on one condition
 */
export function pcenFigure(runs: readonly GatheredRun[]): string {
  const tasks = TASKS.filter((task) => runs.some((run) => run.task === task))
  const grid: Grid = {
    columns: tasks.length,
    rows: PARAMETERS.length,
    width: 132,
    height: 84,
    gap: { across: 8, down: 12 },
    margin: { left: 92, top: 66, right: 16, bottom: 50 },
  }
  const size = sizeOf(grid)
  const panels = PARAMETERS.flatMap((name, row) => {
    const values: RowValues = new Map(runs.map((run) => [run, learnedValues(run, 'compression', name)]))
    const [x, y] = [channelAxis(values), valueAxis(values)]
    return tasks.map((task, column) => {
      const panel = new Panel(boxAt(grid, column, row), {
        x,
        y,
        title: row === 0 ? task : undefined,
        values: { below: row === PARAMETERS.length - 1, left: column === 0 },
      })
      return panel.draw(...marksOf(panel, values, (run) => run.task === task))
    })
  })
  const names = PARAMETERS.map((name, row) => {
    const { top, height } = boxAt(grid, 0, row)
    return upright(name, [22, top + height / 2], 'title middle')
  })
  const [{ system }] = runs
  return figure(
    size,
    `Parameters of PCEN in every channel of ${system} before and after learning`,
    legend(
      [
        { label: 'before learning', className: 'muted', mark: 'reference' },
        { label: `${system} after learning, a line per seed`, className: system, mark: 'curve' },
      ],
      [grid.margin.left, 24],
    ),
    ...names,
    ...panels,
    text('channel, from low to high', [grid.margin.left, size.height - 14], 'muted'),
  )
}

function marksOf(panel: Panel, values: RowValues, isShown: (run: GatheredRun) => boolean): string[] {
  const places = (line: readonly number[]) =>
    line.map((value, channel): Point => [panel.x(channel + 1), panel.y(value)])
  const shown = [...values].filter(([run]) => isShown(run))
  return [
    ...shown.slice(0, 1).map(([, { initial }]) => polyline(places(initial), 'reference')),
    ...shown.map(([{ system }, { learned }]) => group(system, polyline(places(learned), 'curve'))),
  ]
}

function channelAxis(values: RowValues): Axis {
  const channels = Math.max(...[...values.values()].map(({ initial }) => initial.length))
  return linearAxis(0.5, channels + 0.5, 4)
}

function valueAxis(values: RowValues): Axis {
  const all = [...values.values()].flatMap(({ initial, learned }) => [...initial, ...learned])
  const [lowest, highest] = [Math.min(...all), Math.max(...all)]
  const room = ROOM * (highest - lowest || Math.abs(highest) || 1)
  return linearAxis(lowest - room, highest + room, 4)
}
