import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeSources } from '../../../src/learning/data/sources.ts'
import { emptyFolder } from '../tone-folder.ts'

const row = (source: string, group: string) => ({
  file: '',
  path: '',
  labels: [0],
  split: 'train' as const,
  group,
  source,
  shippable: true,
})

const SOURCES = `id,title,licence,author
farm,"Farm, recorded",CC-BY-4.0,Old MacDonald
city,City sounds,CC0-1.0,none
games,Sounds of a game,CC-BY-SA-3.0,"A, B"
`
const CREDITS = `# Credits

## farm (Farm)

| file | author | licence |
|---|---|---|
| cows/moo.ogg | Moo | CC-BY-4.0 |
| hens/cluck.ogg | Cluck | CC-BY-4.0 |

## city

- Nobody

## games (Games)

The authors, by file:

- "A" for one.wav
- "B" for two.wav
`

function packWith(files: Record<string, string>): string {
  const pack = emptyFolder()
  mkdirSync(join(pack, 'task'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(pack, name), text)
  return join(pack, 'task')
}

test('names used sources only, and of a table of files those that were used', () => {
  const folder = packWith({ 'SOURCES.csv': SOURCES, 'CREDITS.md': CREDITS })
  const described = describeSources(folder, [
    row('farm', 'farm:cows/moo'),
    row('games', 'games:1'),
    row('', ''),
  ])
  expect(described).toEqual({
    data: ['farm: Farm, recorded', 'games: Sounds of a game'],
    licences: ['farm: CC-BY-4.0', 'games: CC-BY-SA-3.0'],
    credits: [
      'farm: Old MacDonald',
      'games: A, B',
      'farm: | cows/moo.ogg | Moo | CC-BY-4.0 |',
      'games: The authors, by file:',
      'games: - "A" for one.wav',
      'games: - "B" for two.wav',
    ],
  })
})

test('without lists of sources and credits only the ids are named', () => {
  expect(describeSources(packWith({}), [row('farm', 'x'), row('city', 'y'), row('farm', 'z')])).toEqual({
    data: ['city', 'farm'],
    licences: [],
    credits: [],
  })
})
