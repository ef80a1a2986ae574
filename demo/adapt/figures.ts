import { create, tableHeading } from '../common/index.ts'
import { count, type Outcome } from './outcome.ts'

const ROWS = [
  ['inRoom', 'In the room'],
  ['inQuiet', 'In the quiet'],
] as const

/** Sounds that are right, before and after, in the room and in the quiet. */
export function figuresTable({ before, after, measured }: Outcome): HTMLElement {
  const table = create('table')
  const top = create('tr')
  top.append(create('td'), tableHeading('As taught', 'col'), tableHeading('Adapted', 'col'))
  const rows = ROWS.map(([where, name]) => {
    const row = create('tr')
    const cells = [before, after].map((state) => create('td', count(state[where].accuracy, measured)))
    row.append(tableHeading(name, 'row'), ...cells)
    return row
  })
  table.append(
    create('caption', 'Of your examples that PCEN did not learn from, those it gets right'),
    top,
    ...rows,
  )
  return table
}
