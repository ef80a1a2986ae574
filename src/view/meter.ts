import { type Metric, type MetricName, type Metrics, metricsSchema } from '../metrics.ts'
import { attach, define, ElementBase } from './element.ts'
import { words } from './format.ts'
import { css } from './meter.css.ts'

type Value = number | string | null | undefined

const WHOLE = new Intl.NumberFormat('en')

/**
 * `<leaf-meter>`: every metric of the schema with its present value; with the attribute `explain`
 * also what it means. Its content is shown until the first values.
 */
export class LeafMeter extends ElementBase {
  #metrics: Partial<Metrics> = {}
  #values = new Map<MetricName, HTMLElement>()
  #hint: HTMLElement | null = null
  #list: HTMLElement | null = null

  connectedCallback(): void {
    if (this.shadowRoot) return
    const root = attach(this, css, '<p class="hint"><slot></slot></p><dl hidden></dl>')
    this.#hint = root.querySelector('.hint')
    this.#list = root.querySelector('dl')
    for (const [name, metric] of Object.entries(metricsSchema)) {
      const value = term(name, metric, this.#list as HTMLElement)
      this.#values.set(name as MetricName, value)
    }
    this.#update()
  }

  /** The values to show; a missing one is shown as not known yet. */
  set metrics(metrics: Partial<Metrics>) {
    this.#metrics = metrics
    this.#update()
  }

  get metrics(): Partial<Metrics> {
    return this.#metrics
  }

  #update(): void {
    if (!this.#list || !this.#hint || Object.keys(this.#metrics).length === 0) return
    this.#hint.hidden = true
    this.#list.hidden = false
    for (const [name, element] of this.#values) {
      const text = valueText(this.#metrics[name], metricsSchema[name])
      if (element.textContent !== text) element.textContent = text
    }
  }
}

/** One metric's row; returns where its value goes. */
function term(name: string, metric: Metric, list: HTMLElement): HTMLElement {
  const row = document.createElement('div')
  row.innerHTML = '<dt></dt><dd class="value"></dd><dd class="description"></dd>'
  const [title, value, description] = row.children as unknown as HTMLElement[]
  title.textContent = words(name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`))
  description.textContent = metric.description
  list.append(row)
  return value
}

/** A value in the unit people read: shares as per cent, short times in milliseconds. */
export function valueText(value: Value, { kind, unit }: Metric): string {
  if (value === null) return 'not told'
  if (value === undefined) return '–'
  if (typeof value === 'string') return value
  if (unit === 'ratio') return `${(value * 100).toFixed(1)} %`
  if (unit === 'seconds') return `${Math.round(value * 1000)} ms`
  if (unit === 'milliseconds') return `${value.toFixed(1)} ms`
  return kind === 'counter' || Number.isInteger(value) ? WHOLE.format(value) : value.toFixed(2)
}

define('leaf-meter', LeafMeter)
