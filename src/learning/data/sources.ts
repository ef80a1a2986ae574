import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Card } from '../../model/index.ts'
import { type ManifestRow, readCsv } from './manifest.ts'

export type Sources = Pick<Card, 'data' | 'licences' | 'credits'>

/** Those of both, each once: a model that goes on from another has learned from its sources too. */
export function joinSources(one: Sources, other: Sources): Sources {
  const both = (key: keyof Sources) => [...new Set([...one[key], ...other[key]])]
  return { data: both('data'), licences: both('licences'), credits: both('credits') }
}

/**
 * What the card says of the data: the sources of the given clips with their licences and credit lines, from
 * SOURCES.csv (columns id, title, licence, author) and CREDITS.md (a section `## id …` with a table, one line per
 * file) in the folder or the one above it. Without these files only the ids of the sources are named.
 */
export function describeSources(folder: string, rows: readonly ManifestRow[]): Sources {
  const used = [...new Set(rows.map(({ source }) => source))].filter((id) => id !== '').sort()
  const table = find(folder, 'SOURCES.csv')
  if (table === undefined) return { data: used, licences: [], credits: [] }
  const records = readCsv(table).filter(({ id }) => used.includes(id))
  const credits = find(folder, 'CREDITS.md')
  const lines = credits === undefined ? [] : creditLines(readFileSync(credits, 'utf8'), used, rows)
  return {
    data: records.map(({ id, title }) => `${id}: ${title}`),
    licences: records.map(({ id, licence }) => `${id}: ${licence}`),
    credits: [...records.map(({ id, author }) => `${id}: ${author}`), ...lines],
  }
}

/** The lines of the sections of used sources; of a table of files that groups are named after, those of used files. */
function creditLines(text: string, used: readonly string[], rows: readonly ManifestRow[]): string[] {
  const groups = new Set(rows.map(({ group }) => group))
  return text.split(/^## /m).flatMap((section) => {
    const id = section.match(/^[\w-]+/)?.[0] ?? ''
    if (!used.includes(id)) return []
    const lines = section
      .split('\n')
      .slice(1)
      .filter((line) => /\w/.test(line))
    const ofUsedFiles = lines.filter((line) => {
      const file = line.match(/^\| ([^|]+?)(\.\w+)? \|/)?.[1] ?? ''
      return [...groups].some(
        (group) => group.startsWith(`${id}:`) && file.startsWith(group.slice(id.length + 1)),
      )
    })
    return (ofUsedFiles.length > 0 ? ofUsedFiles : lines).map((line) =>
      `${id}: ${line.trim()}`.slice(0, 1000),
    )
  })
}

function find(folder: string, name: string): string | undefined {
  return [join(folder, name), join(folder, '..', name)].find((path) => existsSync(path))
}
