import { linearAxis, nameAxis } from '../../report/axis.ts'
import { boxAt, type Grid, sizeOf } from '../../report/grid.ts'
import { legend } from '../../report/legend.ts'
import { dots, lines } from '../../report/marks.ts'
import { type Box, Panel } from '../../report/panel.ts'
import { figure, group, type Point, text } from '../../report/svg.ts'
import type { System, Task } from '../design/names.ts'
import type { Scoreboard } from '../gather/scoreboard.ts'
import { type Bar, barOf, rangeOf } from './accuracy-range.ts'

const COLUMNS = 4
const ROW = 17

/**
 * A panel per task, in it a line per system: mean accuracy over its seeds and 95 % interval.
 *
 * @param majority share of the most frequent label
 */
export function accuracyFigure(board: Scoreboard, majority: (task: Task) => number): string {
  const { tasks, systems } = board
  const columns = Math.min(COLUMNS, tasks.length)
  const grid: Grid = {
    columns,
    rows: Math.ceil(tasks.length / columns),
    width: 190,
    height: (systems.length + 0.4) * ROW,
    gap: { across: 22, down: 56 },
    margin: { left: 98, top: 36, right: 22, bottom: 72 },
  }
  const size = sizeOf(grid)
  const shown = tasks.map((task) => contentOf(board, task, 100 * majority(task)))
  const panels = shown.map((content, i) => {
    const column = i % columns
    return taskPanel(content, systems, boxAt(grid, column, Math.floor(i / columns)), column === 0)
  })
  const key = { label: 'always the commonest label', className: 'muted', mark: 'reference' } as const
  return figure(
    size,
    'Accuracy of each system on each task, with 95 % intervals',
    ...panels,
    text('accuracy on test, %', [grid.margin.left, size.height - 36], 'muted'),
    ...(shown.some(({ guess }) => guess !== undefined)
      ? [legend([key], [grid.margin.left, size.height - 16])]
      : []),
  )
}

/** What a panel shows, per cent. */
interface Content {
  readonly task: Task
  readonly bars: readonly (Bar & { readonly system: System })[]
  readonly range: readonly [number, number]
  /** Accuracy of naming the commonest label, where it lies in the range. */
  readonly guess: number | undefined
}

function contentOf(board: Scoreboard, task: Task, guess: number): Content {
  const bars = board.systems.flatMap((system) => {
    const cell = board.cell(task, system)
    return cell ? [{ system, ...barOf(cell) }] : []
  })
  const range = rangeOf(bars)
  return { task, bars, range, guess: range[0] <= guess && guess <= range[1] ? guess : undefined }
}

function taskPanel(
  { task, bars, range: [from, to], guess }: Content,
  systems: readonly System[],
  box: Box,
  withNames: boolean,
): string {
  const panel = new Panel(box, {
    x: linearAxis(from, to, 6),
    y: nameAxis(systems.toReversed()),
    title: task,
    values: { below: true, left: withNames },
  })
  const marks = bars.map(({ system, mean, low, high }) => {
    const y = panel.y(systems.length - 1 - systems.indexOf(system))
    const interval: [Point, Point] = [
      [panel.x(low), y],
      [panel.x(high), y],
    ]
    return group(system, lines([interval], 'whisker'), dots([[panel.x(mean), y]]))
  })
  return panel.draw(...(guess === undefined ? [] : [lines([panel.upright(guess)], 'reference')]), ...marks)
}
