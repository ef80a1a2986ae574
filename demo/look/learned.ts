import { timeConstantMs } from '../../src/view/filters/index.ts'

/** A number of every filter, for people. */
interface Measure {
  readonly name: string
  readonly unit: string
  /** What is told of a value in the table; without it the value itself. @param hopMs milliseconds from frame to frame */
  readonly tell?: (value: number, hopMs: number) => number
  /** What its moves are shares of, where it may begin at 0; without it its initial value. */
  readonly range?: number
}

const MEASURES: Readonly<Record<string, Measure>> = {
  centerHz: { name: 'centre', unit: 'Hz' },
  bandwidthHz: { name: 'bandwidth', unit: 'Hz' },
  poolingMs: { name: 'pooling', unit: 'ms' },
  alpha: { name: 'α of PCEN', unit: '', range: 1 },
  delta: { name: 'δ of PCEN', unit: '' },
  root: { name: 'r of PCEN', unit: '' },
  smooth: { name: 'time constant of PCEN', unit: 'ms', tell: timeConstantMs },
}

/** Of its range or its initial value a number hardly moved where it moved by less than this. */
const HARDLY = 0.05
const DIGITS = 3
/** Ways to begin, as in a bank of two kinds of channels. */
const FEW = 3

/**
 * What was learned, in a sentence or two: the medians over the filters of what moved, the most first, and what hardly did.
 *
 * @param csv the exported table of all filters, learned and initial
 * @param hopMs milliseconds from frame to frame
 */
export function learnedSentence(csv: string, hopMs: number): string {
  const [header, ...lines] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','))
  const column = (name: string) => {
    const place = header.indexOf(name)
    return place < 0 ? null : lines.map((line) => Number(line[place]))
  }
  const moves = Object.entries(MEASURES).flatMap(([key, { name, unit, tell = asItIs, range }]) => {
    const [now, before] = [column(key), column(`initial${key.charAt(0).toUpperCase()}${key.slice(1)}`)]
    if (!now || !before) return []
    const [last, first] = [now, before].map((values) => values.map((value) => tell(value, hopMs)))
    const by = median(last.map((value, n) => Math.abs(value - first[n]) / (range ?? Math.abs(first[n]))))
    // Filters that began in few different ways are told apart: a median over all of them would be nobody's.
    const begun = [...new Set(first)]
    const groups = begun.length <= FEW && 2 * begun.length < first.length ? begun : [null]
    const told = groups.map((value) => {
      const own = (values: readonly number[]) => values.filter((_, n) => value === null || first[n] === value)
      const [from, to] = [first, last].map((values) => Number(median(own(values)).toPrecision(DIGITS)))
      return `${from} → ${to}`
    })
    return [{ name, by, text: `${name} by ${shareOf(by)} (${told.join(', ')}${unit && ` ${unit}`})` }]
  })
  const moved = moves.filter(({ by }) => by >= HARDLY).sort((a, b) => b.by - a.by)
  const still = moves.filter(({ by }) => by < HARDLY).map(({ name, by }) => `${name} by ${shareOf(by)}`)
  const most = moved.length > 0 ? `Learned: ${listed(moved.map(({ text }) => text))}. ` : ''
  const hardly = still.length > 0 ? `Hardly moved: ${listed(still)}. ` : ''
  return `${most}${hardly}Medians over ${lines.length} filters.`
}

/** Of an initial value it can exceed the whole. */
function shareOf(share: number): string {
  return `${Math.round(share * 100)} %`
}

const asItIs = (value: number): number => value

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

function listed(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`
}
