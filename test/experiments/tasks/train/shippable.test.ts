import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ManifestRow, Split } from '../../../../src/learning/data/manifest.ts'
import { emptyFolder } from '../../../learning/tone-folder.ts'
import { shippableRows, shippableSources } from './shippable.ts'

const LABELS = ['a', 'b']
const FREE = new Set(['free'])

const rowOf = (split: Split, source: string, label: number, group = source): ManifestRow => ({
  file: '',
  path: `${split}/${source}/${label}/${group}`,
  labels: [label],
  split,
  group,
  source,
  shippable: true,
})
const rowsOf = (rows: readonly ManifestRow[]) => shippableRows(rows, FREE, 'scenes', LABELS)

test('sources whose weights may be passed on are those with a yes', () => {
  const data = emptyFolder()
  writeFileSync(
    join(data, 'SOURCES.csv'),
    'id,licence,shippable_weights\nfree,CC0,yes\nbound,GPL,no\nodd,?,\n',
  )
  expect([...shippableSources(data)]).toEqual(['free'])
})

test('without their table nothing is learned', () => {
  expect(() => shippableSources(emptyFolder())).toThrow(/There is no .*SOURCES.csv.*leave out --shippable/)
})

describe('what is learned from', () => {
  const bothLabels = [rowOf('train', 'free', 0), rowOf('train', 'free', 1)]

  test('train and valid lose what may not be passed on, test keeps all', () => {
    const kept = [
      ...bothLabels,
      rowOf('valid', 'free', 0),
      rowOf('test', 'free', 0),
      rowOf('test', 'bound', 1),
    ]
    const lost = [
      rowOf('train', 'bound', 0),
      rowOf('valid', 'bound', 1),
      { ...rowOf('train', 'free', 1), shippable: false },
      rowOf('train', '', 1),
    ]
    expect(rowsOf([...lost, ...kept])).toEqual(kept)
  })

  test('where nothing is left of valid, every fifth group of train stands in, whole', () => {
    const groups = Array.from({ length: 12 }, (_, i) => `group${String(i).padStart(2, '0')}`)
    const train = groups.flatMap((group) => [
      rowOf('train', 'free', 0, group),
      rowOf('train', 'free', 1, group),
    ])
    const rows = rowsOf([...train, rowOf('valid', 'bound', 0), rowOf('test', 'bound', 0)])
    const groupsOf = (split: Split) => [
      ...new Set(rows.flatMap((row) => (row.split === split ? [row.group] : []))),
    ]
    expect(groupsOf('valid')).toEqual(['group00', 'group05', 'group10'])
    expect(groupsOf('train')).toEqual(groups.filter((_, i) => i % 5 > 0))
    expect(rows).toHaveLength(25)
  })

  test('a label that has no clip left is named', () => {
    const rows = [rowOf('train', 'free', 0), rowOf('train', 'bound', 1), rowOf('valid', 'free', 0)]
    expect(() => rowsOf(rows)).toThrow(
      'No shippable clip in train of scenes has the label "b". Leave the task out of --tasks',
    )
  })
})
