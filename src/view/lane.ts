import { type LabelName, labelKey } from '../events/index.ts'
import { fitCanvas } from './element.ts'
import type { LabelFormat } from './format.ts'
import type { Palette } from './palette.ts'
import type { ScoreHistory } from './score-history.ts'
import { ThresholdSlider } from './threshold-slider.ts'
import type { ShownEvent } from './track.ts'
import type { Viewport } from './viewport.ts'

/** Events kept for drawing; more do not fit a lane. */
const KEPT = 256
const LEAST_WIDTH = 3

/** One label of the timeline: its events as bars as high as their confidence, its scores, its threshold. */
export class Lane {
  readonly name: LabelName
  readonly #format: LabelFormat
  readonly element = document.createElement('div')
  /** Null while the label has no threshold to move. */
  slider: ThresholdSlider | null = null
  /** Whether it is on the screen. */
  seen = false
  readonly #canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D | null
  readonly #track: HTMLElement
  #events: ShownEvent[] = []

  constructor(name: LabelName, format: LabelFormat) {
    this.name = name
    this.#format = format
    this.element.className = 'lane'
    this.element.innerHTML = `<span class="name"><span class="label"></span><span class="head"></span></span>
      <div class="track"><canvas aria-hidden="true"></canvas></div>`
    const part = (selector: string) => this.element.querySelector(selector) as HTMLElement
    part('.label').textContent = format(name.label)
    part('.head').textContent = name.head ? format(name.head) : ''
    this.#track = part('.track')
    this.#canvas = part('canvas') as HTMLCanvasElement
    this.#context = this.#canvas.getContext('2d')
  }

  get key(): string {
    return labelKey(this.name)
  }

  /** An event of this label, or the end of the running one. */
  show(event: ShownEvent): void {
    if (this.#events.at(-1)?.end === undefined) this.#events.pop()
    this.#events.push(event)
    if (this.#events.length > KEPT) this.#events.shift()
  }

  takeBack({ start }: ShownEvent): void {
    this.#events = this.#events.filter((event) => event.start !== start)
  }

  get empty(): boolean {
    return this.#events.length === 0
  }

  clear(): void {
    this.#events = []
  }

  /** Shows a threshold to move, or none. @param moved called when the user moves it */
  setThreshold(value: number | undefined, moved: (value: number) => void): void {
    if (value === undefined) {
      this.slider?.element.remove()
      this.slider = null
      return
    }
    if (!this.slider) {
      const { head, label } = this.name
      const format = this.#format
      this.slider = new ThresholdSlider(head ? `${format(head)}: ${format(label)}` : format(label), moved)
      this.#track.append(this.slider.element)
    }
    this.slider.value = value
  }

  /** Another size, or pixel ratio. */
  resize(): void {
    fitCanvas(this.#canvas, this.#track.clientWidth, this.#track.clientHeight)
  }

  /** @param view of the timeline: its times, and this width @param score this label's place among the scores, -1 for none */
  draw(view: Viewport, palette: Palette, scores: ScoreHistory | null, score: number): void {
    const context = this.#context
    if (!context) return
    const height = this.#track.clientHeight
    context.clearRect(0, 0, view.width, height)
    for (const event of this.#events) this.#bar(context, view, palette, event, height)
    if (scores && score >= 0) this.#curve(context, view, palette, scores, score, height)
    if (view.sweep) {
      context.globalAlpha = 1
      context.fillStyle = palette.ink
      context.fillRect(Math.round(view.x(view.now)), 0, 1, height)
    }
  }

  #bar(
    context: CanvasRenderingContext2D,
    view: Viewport,
    palette: Palette,
    event: ShownEvent,
    height: number,
  ): void {
    const top = height * (1 - event.confidence)
    context.fillStyle = palette.mark
    view.spans(event.start, event.end ?? view.now).forEach(({ from, to }, part) => {
      const width = Math.max(LEAST_WIDTH, to - from)
      context.globalAlpha = event.end === undefined ? 0.5 : 0.3
      context.fillRect(from, top, width, height - top)
      context.globalAlpha = 1
      context.fillRect(from, top, width, 2)
      if (part === 0 && event.start >= view.past) context.fillRect(from, top, 2, height - top)
    })
  }

  #curve(
    context: CanvasRenderingContext2D,
    view: Viewport,
    palette: Palette,
    scores: ScoreHistory,
    score: number,
    height: number,
  ): void {
    context.beginPath()
    let last = Number.POSITIVE_INFINITY
    scores.each(score, view.past, view.now, (time, value) => {
      const x = view.x(time)
      const y = height * (1 - value)
      // Sweeping, the curve begins anew at the left.
      if (x < last) context.moveTo(x, y)
      else context.lineTo(x, y)
      last = x
    })
    context.globalAlpha = 0.75
    context.lineWidth = 1
    context.strokeStyle = palette.muted
    context.stroke()
  }
}
