import { create } from '../common/index.ts'

/** A column of the exported table, for people. */
interface Figure {
  readonly name: string
  readonly unit: string
  readonly meaning: string
}

const FIGURES: Record<string, Figure> = {
  centerHz: { name: 'Centre', unit: 'Hz', meaning: 'the frequency it answers to most' },
  bandwidthHz: { name: 'Bandwidth', unit: 'Hz', meaning: 'the band it lets through, at half the power' },
  poolingMs: { name: 'Pooling', unit: 'ms', meaning: 'the stretch of sound that makes one value' },
  alpha: { name: 'α', unit: '', meaning: 'how much of what lasts is turned down' },
  delta: { name: 'δ', unit: '', meaning: 'keeps silence from being blown up' },
  root: { name: 'r', unit: '', meaning: 'how strongly loud is pressed towards quiet' },
  smooth: { name: 's', unit: '', meaning: 'how fast it gets used to a new level' },
  gamma: { name: 'γ', unit: '', meaning: 'the weight of this filter after normalising' },
  beta: { name: 'β', unit: '', meaning: 'what is added to it then' },
}

const DIGITS = 3

/**
 * The numbers of one filter, initial and now.
 * @param csv the exported table of all filters, which has them
 */
export function showFigures(body: HTMLElement, csv: string, channel: number): void {
  const [header, ...lines] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','))
  const values = lines[channel]
  const rows = header.flatMap((column, i) => {
    const figure = FIGURES[column]
    if (!figure) return []
    const initial = header.indexOf(`initial${column.charAt(0).toUpperCase()}${column.slice(1)}`)
    return [rowOf(figure, initial < 0 ? null : values[initial], values[i])]
  })
  body.replaceChildren(...rows)
}

function rowOf(figure: Figure, initial: string | null, now: string): HTMLElement {
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

function short(text: string): string {
  const value = Number(text)
  return Math.abs(value) >= 100 ? `${Math.round(value)}` : `${Number(value.toPrecision(DIGITS))}`
}
