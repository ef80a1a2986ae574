import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LeafError } from '../../../src/error.ts'
import { writeWhole } from '../../../src/learning/node/index.ts'
import { readme } from './readme.ts'
import type { AdaptationConditions, AdaptationRecord, RoomRun } from './record.ts'

/** The runs that are done, a file each in OUT/runs/DATA. */
export class RunsFolder {
  readonly #out: string
  readonly #conditions: AdaptationConditions

  /** @throws LeafError `arguments` when there are runs on the same data under other conditions. */
  constructor(out: string, conditions: AdaptationConditions) {
    this.#out = out
    this.#conditions = conditions
    const wanted = JSON.stringify(conditions)
    for (const { path, record } of recordsIn(join(out, 'runs', conditions.data))) {
      if (JSON.stringify(record.conditions) === wanted) continue
      throw new LeafError(
        'arguments',
        `${path} was made with ${JSON.stringify(record.conditions)}, not ${wanted}.`,
        'Give another --out, or remove the runs that are there.',
      )
    }
  }

  has(run: RoomRun): boolean {
    return existsSync(this.#pathOf(run))
  }

  write(record: Omit<AdaptationRecord, 'conditions'>): void {
    const whole = { conditions: this.#conditions, ...record }
    writeWhole(this.#pathOf(record.run), `${JSON.stringify(whole)}\n`)
  }

  /** Writes OUT/adaptation.json and OUT/README.md, from the runs on all data that are there. */
  gather(): void {
    const sets = readdirSync(join(this.#out, 'runs'))
      .sort()
      .map((data) => recordsIn(join(this.#out, 'runs', data)).map(({ record }) => record))
      .filter(({ length }) => length > 0)
      .map((records) => records.sort(byRoom))
    const rows = sets.flat().map(({ compression, ...row }) => JSON.stringify(row))
    writeWhole(join(this.#out, 'adaptation.json'), `{"rows": [\n${rows.join(',\n')}\n]}\n`)
    writeWhole(join(this.#out, 'README.md'), readme(sets))
  }

  #pathOf({ noise, snr, seed }: RoomRun): string {
    return join(this.#out, 'runs', this.#conditions.data, `${noise}-${snr}-${seed}.json`)
  }
}

function recordsIn(folder: string): { path: string; record: AdaptationRecord }[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : []
  return files.map((file) => ({ path: join(folder, file), record: parsed(join(folder, file)) }))
}

function parsed(path: string): AdaptationRecord {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new LeafError('data-folder', `${path} is no JSON.`, 'Remove it: the run is then done again.', {
      cause,
    })
  }
}

/** Noises by name, loud clips first. */
function byRoom({ run: one }: AdaptationRecord, { run: other }: AdaptationRecord): number {
  if (one.noise !== other.noise) return one.noise < other.noise ? -1 : 1
  return other.snr - one.snr || one.seed - other.seed
}
