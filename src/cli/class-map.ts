import { parse } from 'csv-parse/sync'
import { csvColumns, csvText } from '../csv.ts'
import { LeafError } from '../error.ts'
import { readBytes } from '../files/index.ts'

/**
 * Names of a classifier's scores, from a CSV file with the columns `index` (0, 1, …) and `display_name`, as AudioSet's
 * class maps are.
 *
 * @throws LeafError `data-folder` naming the line
 */
export async function readClassMap(path: string): Promise<string[]> {
  const bytes = await readBytes(path)
  let rows: Record<string, string>[]
  try {
    rows = parse(csvText(bytes), { bom: true, columns: csvColumns, skip_empty_lines: true })
  } catch (cause) {
    throw mapError(`${path}: ${(cause as Error).message}`, cause)
  }
  return rows.map(({ index, display_name: name }, i) => {
    if (index === undefined || name === undefined)
      throw mapError(`${path} has no columns index and display_name`)
    if (Number(index) !== i) throw mapError(`${path}, name ${i + 1} has the index ${index}, not ${i}`)
    if (name.trim() === '') throw mapError(`${path}, name ${i + 1} is empty`)
    return name
  })
}

function mapError(problem: string, cause?: unknown): LeafError {
  return new LeafError(
    'data-folder',
    `${problem}.`,
    'Give a class map such as yamnet_class_map.csv: index, mid, display_name.',
    { cause },
  )
}
