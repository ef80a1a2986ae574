import { create, tableHeading } from '../common/index.ts'
import { count, gainIn, gainText, type Outcome } from './outcome.ts'

const ROWS = [
  ['inRoom', 'In the room'],
  ['inQuiet', 'In the quiet'],
] as const

/** Sounds that are right, before and after, in the room and in the quiet, and what is sure of the difference. */
export function figuresTable(outcome: Outcome): HTMLElement {
  const { before, after, measured } = outcome
  const table = create('table')
  const top = create('tr')
  const heads = ['As taught', 'Adapted', 'Gain (95 % interval)']
  top.append(create('td'), ...heads.map((head) => tableHeading(head, 'col')))
  const rows = ROWS.map(([where, name]) => {
    const row = create('tr')
    const cells = [before, after].map((state) => create('td', count(state[where].accuracy, measured)))
    row.append(tableHeading(name, 'row'), ...cells, create('td', gainText(gainIn(outcome, where))))
    return row
  })
  table.append(
    create('caption', 'Of your examples that PCEN did not learn from, those it gets right'),
    top,
    ...rows,
  )
  return table
}
