import { type Axis, logAxis } from '../../report/axis.ts'
import { boxAt, type Grid, sizeOf } from '../../report/grid.ts'
import { legend } from '../../report/legend.ts'
import { dots, lines, rings } from '../../report/marks.ts'
import { Panel } from '../../report/panel.ts'
import { figure, group, type Point, text, upright } from '../../report/svg.ts'
import { SYSTEMS, TASKS } from '../design/names.ts'
import { type Bands, bandsOf } from '../gather/bands.ts'
import { medianChange } from '../gather/change.ts'
import type { GatheredRun } from '../gather/record-schema.ts'

/** Hz. */
const TICKS = [10, 30, 100, 300, 1000, 3000]
/** The least that is shown, Hz; narrower and lower filters are put on the edge. */
const LEAST = 10
/** Factors between the outermost filters and the edges; above is room for words. */
const [BELOW, ABOVE] = [1.3, 2]

interface Filters {
  readonly run: GatheredRun
  readonly initial: Bands
  readonly learned: Bands
}

/**
 * A column per task, a row per system that learns its filters: centre frequency against bandwidth of every filter,
 * hollow before, filled after learning. Nothing where no run has learned filters.
 *
 * @param runs at most one per task and system
 */
export function filtersFigure(runs: readonly GatheredRun[]): string | undefined {
  const all = runs.flatMap((run): Filters[] => {
    const bands = bandsOf(run)
    return bands ? [{ run, ...bands }] : []
  })
  if (all.length === 0) return undefined
  const tasks = TASKS.filter((task) => all.some(({ run }) => run.task === task))
  const systems = SYSTEMS.filter((system) => all.some(({ run }) => run.system === system))
  const moments = all.flatMap(({ initial, learned }) => [initial, learned])
  const x = axisOf(
    moments.flatMap(({ centers }) => centers),
    BELOW,
  )
  const y = axisOf(
    moments.flatMap(({ widths }) => widths),
    ABOVE,
  )
  const grid: Grid = {
    columns: tasks.length,
    rows: systems.length,
    width: 132,
    height: 108,
    gap: { across: 8, down: 8 },
    margin: { left: 92, top: 66, right: 16, bottom: 50 },
  }
  const size = sizeOf(grid)
  const panels = systems.flatMap((system, row) =>
    tasks.map((task, column) => {
      const panel = new Panel(boxAt(grid, column, row), {
        x,
        y,
        title: row === 0 ? task : undefined,
        values: { below: row === systems.length - 1, left: column === 0 },
      })
      const filters = all.find(({ run }) => run.system === system && run.task === task)
      return panel.draw(...(filters ? marksOf(panel, filters) : []))
    }),
  )
  const names = systems.map((system, row) => {
    const { top, height } = boxAt(grid, 0, row)
    return upright(system, [22, top + height / 2], 'title middle')
  })
  return figure(
    size,
    'Centre frequency and bandwidth of every filter before and after learning',
    legend(
      [
        { label: 'before learning', className: 'ink', mark: 'ring' },
        {
          label: 'after; in each panel the median change of centre ↔ and of bandwidth ↕',
          className: 'ink',
          mark: 'dot',
        },
      ],
      [grid.margin.left, 24],
    ),
    ...names,
    ...panels,
    text('centre frequency, Hz', [grid.margin.left, size.height - 14], 'muted'),
    upright('bandwidth, Hz', [46, size.height - grid.margin.bottom], 'muted'),
  )
}

function axisOf(values: readonly number[], above: number): Axis {
  const shown = values.map((value) => Math.max(value, LEAST))
  const [from, to] = [Math.min(...shown) / BELOW, Math.max(...shown) * above]
  return logAxis(
    from,
    to,
    TICKS.filter((tick) => from < tick && tick < to),
  )
}

/** Threads from where a filter was to where it went, below rings and dots; and how far the median filter went. */
function marksOf(panel: Panel, { run, initial, learned }: Filters): string[] {
  const places = ({ centers, widths }: Bands) =>
    centers.map((hertz, n): Point => [panel.x(hertz), panel.y(widths[n])])
  const [before, after] = [places(initial), places(learned)]
  const center = changeName(initial.centers, learned.centers)
  const width = changeName(initial.widths, learned.widths)
  const { left, top } = panel.box
  return [
    group(
      run.system,
      lines(
        before.map((place, n) => [place, after[n]]),
        'thread',
      ),
      rings(before),
      dots(after, 'speck'),
    ),
    text(`↔ ${center}  ↕ ${width}`, [left + 5, top + 12], 'small muted'),
  ]
}

function changeName(initial: readonly number[], learned: readonly number[]): string {
  const percent = 100 * medianChange(initial, learned)
  return `${percent.toFixed(percent < 9.95 ? 1 : 0)} %`
}
