import { timeConstantMs } from '../../src/view/filters/index.ts'
import { create } from '../common/index.ts'

/** A column of the exported table, for people. */
interface Figure {
  readonly name: string
  readonly unit: string
  readonly meaning: string
  /** What is told of a value in the table; without it the value itself. @param hopMs milliseconds from frame to frame */
  readonly tell?: (value: number, hopMs: number) => number
}

const FIGURES: Record<string, Figure> = {
  centerHz: { name: 'Centre', unit: 'Hz', meaning: 'the frequency it answers to most' },
  bandwidthHz: { name: 'Bandwidth', unit: 'Hz', meaning: 'the band it lets through, at half the power' },
  poolingMs: { name: 'Pooling', unit: 'ms', meaning: 'the stretch of sound that makes one value' },
  alpha: { name: 'α', unit: '', meaning: 'how much of what lasts is turned down' },
  delta: { name: 'δ', unit: '', meaning: 'keeps silence from being blown up' },
  root: { name: 'r', unit: '', meaning: 'how strongly loud is pressed towards quiet' },
  smooth: {
    name: 's',
    unit: 'ms',
    meaning: 'how fast it gets used to a new level: its time constant',
    tell: timeConstantMs,
  },
  gamma: { name: 'γ', unit: '', meaning: 'the weight of this filter after normalising' },
  beta: { name: 'β', unit: '', meaning: 'what is added to it then' },
}

const DIGITS = 3

/**
 * The numbers of one filter, initial and now.
 * @param csv the exported table of all filters, which has them
 * @param hopMs milliseconds from frame to frame
 */
export function showFigures(body: HTMLElement, csv: string, channel: number, hopMs: number): void {
  const [header, ...lines] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','))
  const values = lines[channel]
  const rows = header.flatMap((column, i) => {
    const figure = FIGURES[column]
    if (!figure) return []
    const initial = header.indexOf(`initial${column.charAt(0).toUpperCase()}${column.slice(1)}`)
    const told = (place: number) => {
      const value = Number(values[place])
      return figure.tell ? figure.tell(value, hopMs) : value
    }
    return [rowOf(figure, initial < 0 ? null : told(initial), told(i))]
  })
  body.replaceChildren(...rows)
}

function rowOf(figure: Figure, initial: number | null, now: number): HTMLElement {
  const row = create('tr')
  const heading = create('th')
  heading.setAttribute('scope', 'row')
  heading.append(
    create('span', figure.unit ? `${figure.name}, ${figure.unit}` : figure.name, 'name'),
    create('span', figure.meaning, 'meaning'),
  )
  const before = initial === null ? '–' : short(initial)
  const present = create('td', short(now), before === short(now) ? '' : 'moved')
  row.append(heading, create('td', before), present)
  return row
}

function short(value: number): string {
  return Math.abs(value) >= 100 ? `${Math.round(value)}` : `${Number(value.toPrecision(DIGITS))}`
}
