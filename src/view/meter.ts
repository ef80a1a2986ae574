import { type Metric, type MetricName, type Metrics, metricsSchema } from '../metrics.ts'
import { attach, canDraw, define, ElementBase } from './element.ts'
import { words } from './format.ts'
import { LevelBar } from './level-bar.ts'
import { css, markup } from './meter.css.ts'
import { Ticker } from './ticker.ts'

type Value = number | string | null | undefined

/** Where values come from: a listener, a node or a classifier. */
export interface MetricsSource {
  /** The values as they are now. */
  metrics(): Promise<Partial<Metrics>>
}

/** What most people want to know; the rest is folded away. */
const MAIN: readonly MetricName[] = ['level', 'peak', 'clipped', 'load', 'dropped', 'latency', 'backend']
/** Often enough for the bar to follow a voice. */
const ASKING_PERIOD_MS = 100
/** Numbers that change faster cannot be read. */
const READING_PERIOD_MS = 500
/** dBFS that are told as silence. */
const SILENCE = -120

const WHOLE = new Intl.NumberFormat('en')

/**
 * `<leaf-meter>`: how loud it is, and every metric of the schema with its present value; with the attribute `explain`
 * also what it means. Set `source`, which is asked while the element can be seen, or `metrics`. Its content is shown
 * until the first values.
 */
export class LeafMeter extends ElementBase {
  #metrics: Partial<Metrics> = {}
  #source: MetricsSource | null = null
  #values = new Map<MetricName, HTMLElement>()
  #bar: LevelBar | null = null
  #asking = false
  #asked = 0
  #read = 0
  #ticker = new Ticker(
    this,
    () => this.#ask(),
    () => {},
  )

  connectedCallback(): void {
    if (!canDraw()) return
    if (!this.shadowRoot) {
      const root = attach(this, css, markup)
      const part = (selector: string) => root.querySelector(selector) as HTMLElement
      for (const [key, metric] of Object.entries(metricsSchema)) {
        const name = key as MetricName
        this.#values.set(name, term(name, metric, part(MAIN.includes(name) ? '.main' : '.more')))
      }
      this.#bar = new LevelBar(part('.level'))
      this.#update()
    }
    this.#ticker.start()
  }

  disconnectedCallback(): void {
    this.#ticker.stop()
  }

  /** Asked ten times a second while the element can be seen; it is let go when it fails, as it does once disposed of. */
  set source(source: MetricsSource | null) {
    this.#source = source
  }

  get source(): MetricsSource | null {
    return this.#source
  }

  /** The values to show; a missing one is shown as not known yet. */
  set metrics(metrics: Partial<Metrics>) {
    this.#metrics = metrics
    this.#update()
  }

  get metrics(): Partial<Metrics> {
    return this.#metrics
  }

  #ask(): void {
    const now = performance.now()
    const source = this.#source
    if (!source || this.#asking || now - this.#asked < ASKING_PERIOD_MS) return
    this.#asking = true
    this.#asked = now
    source
      .metrics()
      .then((metrics) => {
        if (this.#source !== source) return
        this.#metrics = metrics
        this.#show(now - this.#read >= READING_PERIOD_MS)
      })
      .catch(() => {
        if (this.#source === source) this.#source = null
      })
      .finally(() => {
        this.#asking = false
      })
  }

  #update(): void {
    if (Object.keys(this.#metrics).length > 0) this.#show(true)
  }

  /** @param readable whether it is time for the numbers too */
  #show(readable: boolean): void {
    const root = this.shadowRoot
    if (!root || !this.#bar) return
    const now = performance.now()
    const { level, peak, clipped } = this.#metrics
    this.#bar.show(level, peak, clipped, now)
    if (!readable) return
    this.#read = now
    const part = (selector: string) => root.querySelector(selector) as HTMLElement
    part('.hint').hidden = true
    part('.numbers').hidden = false
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
  if (unit === 'dBFS') return value <= SILENCE ? 'silence' : `${Math.round(value)} dB`
  if (unit === 'ratio') return `${(value * 100).toFixed(1)} %`
  if (unit === 'seconds') return `${Math.round(value * 1000)} ms`
  if (unit === 'milliseconds') return `${value.toFixed(1)} ms`
  return kind === 'counter' || Number.isInteger(value) ? WHOLE.format(value) : value.toFixed(2)
}

declare global {
  interface HTMLElementTagNameMap {
    'leaf-meter': LeafMeter
  }
}

define('leaf-meter', LeafMeter)
