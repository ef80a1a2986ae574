// The process of `npm run fuzz` that reads: what loops in it is ended from outside.
import { type Difference, differenceOf } from './compare.ts'
import { byFfmpeg, type Decoded, hasFfmpeg } from './ffmpeg.ts'
import { tryOne } from './fuzz.ts'
import { soundsOf, subjects } from './subjects.ts'

/** What is told of a file: first that it begins, then what became of it. */
export interface Report {
  readonly turn: number
  readonly done?: {
    readonly label: string
    readonly isRead: boolean
    readonly crash?: string
    readonly hang?: string
    readonly allocation?: string
    /** Null where ffmpeg hears the same; absent where it was not asked or does not read the file. */
    readonly difference?: Difference | null
  }
}

const [name, first, end, seed, folder] = process.argv.slice(2)
const subject = folder ? await soundsOf(folder) : subjects.find((one) => one.name === name)!
const compares = name === 'sounds' && hasFfmpeg()
const tell = (report: Report) => new Promise((resolve) => process.send!(report, resolve))

for (let turn = Number(first); turn < Number(end); turn++) {
  await tell({ turn })
  const { file, result, ...one } = await tryOne(subject, turn, Number(seed))
  const theirs = compares && result !== undefined ? byFfmpeg(file) : null
  const difference = theirs ? differenceOf(result as Decoded, theirs) : undefined
  await tell({ turn, done: { ...one, isRead: result !== undefined, difference } })
}
process.disconnect()
