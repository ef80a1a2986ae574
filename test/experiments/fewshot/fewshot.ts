import { basename } from 'node:path'
import { print } from '../../../src/files/index.ts'
import { prepareBackend } from '../../../src/learning/backend.ts'
import { streams } from '../../../src/learning/random/index.ts'
import { openModel } from '../../../src/model/node.ts'
import { markdownTable, percent } from '../report/markdown.ts'
import { drawClips, type LabelSet, openLabelSet } from './label-set.ts'
import { embedClips, lesson } from './lesson.ts'
import type { FewshotOptions } from './options.ts'

/** Teaches every model on every folder and prints one table: the median over seeds, and the lowest and highest. */
export async function fewshot(options: FewshotOptions): Promise<void> {
  await prepareBackend()
  const columns: string[][] = []
  let head: string[] = []
  for (const path of options.models) {
    const base = await openModel(path)
    const column: string[] = []
    head = []
    for (const folder of options.data) {
      const set = openLabelSet(folder, options)
      const measured = await embedClips(base, set.measured)
      for (const count of options.examples) {
        const shares: number[] = []
        for (const seed of options.seeds)
          shares.push(await lesson(base, set.labels, drawn(set, count, seed), measured, seed))
        head.push(`${set.name}, ${set.labels.length} classes, ${measured.length} clips: ${count} of each`)
        column.push(inWords(shares))
        process.stderr.write(`${basename(path)}, ${head.at(-1)}: ${column.at(-1)}\n`)
      }
    }
    columns.push(column)
  }
  const rows = head.map((row, i) => [row, ...columns.map((column) => column[i])])
  print(
    `Right, %: median of ${options.seeds.length} seeds, lowest to highest\n\n${markdownTable(
      [`measured on ${options.split}`, ...options.models.map((path) => basename(path, '.safetensors'))],
      rows,
    )}\n`,
  )
}

const drawn = ({ train }: LabelSet, count: number, seed: number) =>
  train.map((own, label) => drawClips(own, count, streams.fewshotClips(seed, label)))

/** The median of shares, and between what they lie. */
export function inWords(shares: readonly number[]): string {
  const sorted = [...shares].sort((one, other) => one - other)
  const half = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
  return `${percent(median)} (${percent(sorted[0])}–${percent(sorted[sorted.length - 1])})`
}
