import { create, tableHeading } from '../common/index.ts'

/**
 * Which sounds are taken for which.
 *
 * @param confusion [true label][label that was heard], counts
 * @param what they are counts of
 */
export function confusionTable(
  labels: readonly string[],
  confusion: readonly (readonly number[])[],
  what: string,
): HTMLElement {
  const table = create('table')
  const caption = create('caption', `${what}: rows are what it was, columns what it was taken for`)
  const top = create('tr')
  top.append(create('td'), ...labels.map((label) => tableHeading(label, 'col')))
  const rows = labels.map((label, i) => {
    const row = create('tr')
    const most = Math.max(1, ...confusion[i])
    const cells = confusion[i].map((count, j) => {
      const cell = create('td', String(count), i === j ? 'right' : count > 0 ? 'wrong' : '')
      cell.style.setProperty('--share', String(count / most))
      return cell
    })
    row.append(tableHeading(label, 'row'), ...cells)
    return row
  })
  table.append(caption, top, ...rows)
  return table
}
