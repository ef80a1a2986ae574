import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LeafError } from '../../../src/error.ts'
import { writeWhole } from '../../../src/learning/node/index.ts'
import { readme } from './readme.ts'
import type { AdaptationConditions, AdaptationRecord, AdaptationRow, RoomRun } from './record.ts'

/** The runs that are done: whole in OUT/runs/DATA, a file each; without the adapted PCEN in OUT/adaptation.json. */
export class RunsFolder {
  readonly #out: string
  readonly #conditions: AdaptationConditions

  /** @throws LeafError `arguments` when there are runs on the same data under other conditions. */
  constructor(out: string, conditions: AdaptationConditions) {
    this.#out = out
    this.#conditions = conditions
    const wanted = JSON.stringify(conditions)
    for (const { path, row } of this.#rows()) {
      if (row.conditions.data !== conditions.data || JSON.stringify(row.conditions) === wanted) continue
      throw new LeafError(
        'arguments',
        `${path} was made with ${JSON.stringify(row.conditions)}, not ${wanted}.`,
        'Give another --out, or remove the runs that are there.',
      )
    }
  }

  has(run: RoomRun): boolean {
    const wanted = identityOf({ conditions: this.#conditions, run })
    return existsSync(this.#pathOf(run)) || this.#rows().some(({ row }) => identityOf(row) === wanted)
  }

  write(record: Omit<AdaptationRecord, 'conditions'>): void {
    const whole = { conditions: this.#conditions, ...record }
    writeWhole(this.#pathOf(record.run), `${JSON.stringify(whole)}\n`)
  }

  /** Adds the runs on all data to OUT/adaptation.json, and writes OUT/README.md from it. */
  gather(): void {
    const rows = [...new Map(this.#rows().map(({ row }) => [identityOf(row), row])).values()]
    const sets = [...new Set(rows.map(({ conditions }) => conditions.data))]
      .sort()
      .map((data) => rows.filter(({ conditions }) => conditions.data === data).sort(byRoom))
    const lines = sets.flat().map((row) => JSON.stringify(row))
    writeWhole(join(this.#out, 'adaptation.json'), `{"rows": [\n${lines.join(',\n')}\n]}\n`)
    writeWhole(join(this.#out, 'README.md'), readme(sets))
  }

  /** What was gathered, then single runs, which take the place of the same ones. */
  #rows(): { path: string; row: AdaptationRow }[] {
    const gathered = join(this.#out, 'adaptation.json')
    const runs = join(this.#out, 'runs')
    const before: AdaptationRow[] = existsSync(gathered)
      ? parsed<{ rows: AdaptationRow[] }>(gathered).rows
      : []
    const files = existsSync(runs) ? readdirSync(runs, { recursive: true, encoding: 'utf8' }) : []
    return [
      ...before.map((row) => ({ path: gathered, row })),
      ...files
        .filter((file) => file.endsWith('.json'))
        .map((file) => join(runs, file))
        .map((path) => ({ path, row: withoutCompression(parsed<AdaptationRecord>(path)) })),
    ]
  }

  #pathOf({ noise, snr, seed }: RoomRun): string {
    return join(this.#out, 'runs', this.#conditions.data, `${noise}-${snr}-${seed}.json`)
  }
}

function withoutCompression({ compression: _, ...row }: AdaptationRecord): AdaptationRow {
  return row
}

function parsed<Content>(path: string): Content {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new LeafError('data-folder', `${path} is no JSON.`, 'Remove it: the run is then done again.', {
      cause,
    })
  }
}

function identityOf({ conditions, run }: Pick<AdaptationRow, 'conditions' | 'run'>): string {
  return JSON.stringify([conditions.data, run.noise, run.snr, run.seed])
}

/** Noises by name, loud clips first. */
function byRoom({ run: one }: AdaptationRow, { run: other }: AdaptationRow): number {
  if (one.noise !== other.noise) return one.noise < other.noise ? -1 : 1
  return other.snr - one.snr || one.seed - other.seed
}
