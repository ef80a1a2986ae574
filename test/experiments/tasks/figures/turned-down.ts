import { linearAxis, nameAxis } from '../../report/axis.ts'
import { boxAt, type Grid, sizeOf } from '../../report/grid.ts'
import { inRows, legend } from '../../report/legend.ts'
import { dots, lines, polyline } from '../../report/marks.ts'
import { type Box, Panel } from '../../report/panel.ts'
import { figure, group, type Point, text, upright } from '../../report/svg.ts'
import type { System, Task } from '../design/names.ts'
import { gainName } from '../gather/gain-name.ts'
import type { Scoreboard } from '../gather/scoreboard.ts'
import { barOf, rangeOf } from './accuracy-range.ts'

const COLUMNS = 4
/** Distance of systems side by side at one gain, where all of them fit there. */
const APART = 6
/** Share of the way from gain to gain that the systems of one may take, so that gains stay apart. */
const SPREAD = 0.8
/** From one row of the key to the next. */
const ROW = 18

/**
 * A panel per task, in it a line per system over the gains of the test, with 95 % intervals.
 *
 * @param boards one per gain
 */
export function turnedDownFigure(boards: readonly Scoreboard[]): string {
  const [{ tasks, systems }] = boards
  const columns = Math.min(COLUMNS, tasks.length)
  const [width, across] = [196, 38]
  const entries = systems.map((system) => ({ label: system, className: system, mark: 'dot' as const }))
  const key = inRows(entries, columns * (width + across))
  const grid: Grid = {
    columns,
    rows: Math.ceil(tasks.length / columns),
    width,
    height: 156,
    gap: { across, down: 52 },
    margin: { left: 62, top: 52 + ROW * key.length, right: 22, bottom: 54 },
  }
  const size = sizeOf(grid)
  const panels = tasks.map((task, i) =>
    taskPanel(boards, task, systems, boxAt(grid, i % columns, Math.floor(i / columns))),
  )
  return figure(
    size,
    'Accuracy of each system on each task with the test clips turned down',
    ...key.map((row, i) => legend(row, [grid.margin.left, 24 + ROW * i])),
    ...panels,
    text('test clips turned down over the same noise floor', [grid.margin.left, size.height - 16], 'muted'),
    upright('accuracy on test, %', [20, size.height / 2], 'muted middle'),
  )
}

function taskPanel(boards: readonly Scoreboard[], task: Task, systems: readonly System[], box: Box): string {
  const apart = Math.min(APART, (SPREAD * box.width) / boards.length / systems.length)
  const shown = systems.map((system, s) => ({
    system,
    shift: (s - (systems.length - 1) / 2) * apart,
    bars: boards.flatMap((board, gain) => {
      const cell = board.cell(task, system)
      return cell ? [{ gain, ...barOf(cell) }] : []
    }),
  }))
  const [from, to] = rangeOf(shown.flatMap(({ bars }) => bars))
  const panel = new Panel(box, {
    x: nameAxis(boards.map(({ gainDb }) => gainName(gainDb))),
    y: linearAxis(from, to, 6),
    title: task,
    values: { below: true, left: true },
  })
  const marks = shown.map(({ system, shift, bars }) => {
    const place = (gain: number, value: number): Point => [panel.x(gain) + shift, panel.y(value)]
    const means = bars.map(({ gain, mean }) => place(gain, mean))
    const whiskers = bars.map(({ gain, low, high }) => [place(gain, low), place(gain, high)] as const)
    return group(system, polyline(means, 'thread'), lines(whiskers, 'whisker'), dots(means))
  })
  return panel.draw(...marks)
}
