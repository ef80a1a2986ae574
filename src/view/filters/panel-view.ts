import { fitCanvas } from '../element.ts'
import { FONT_SIZE, paintDrawing, paintLamps } from './paint.ts'
import { type PanelName, panels } from './panels/index.ts'
import type { Drawing } from './shapes.ts'
import type { Subject } from './subject.ts'
import type { Theme } from './theme.ts'

/** A panel on the page: its title and note, and two canvases, for the curves and for what lights up on them. */
export class PanelView {
  readonly figure: HTMLElement
  readonly plot: HTMLElement
  readonly #name: PanelName
  readonly #note: HTMLElement
  readonly #curves: CanvasRenderingContext2D
  readonly #lamps: CanvasRenderingContext2D
  #drawing: Drawing | null = null
  #lit = false

  constructor(name: PanelName) {
    this.#name = name
    this.figure = document.createElement('figure')
    this.figure.className = `panel ${name}`
    this.figure.innerHTML = `<figcaption><span class="title"></span><span class="note"></span></figcaption>
      <div class="plot"><canvas class="curves" aria-hidden="true"></canvas><canvas class="lamps" aria-hidden="true"></canvas></div>`
    const part = (selector: string) => this.figure.querySelector(selector) as HTMLElement
    part('.title').textContent = panels[name].title
    this.#note = part('.note')
    this.plot = part('.plot')
    const [curves, lamps] = this.figure.querySelectorAll('canvas')
    this.#curves = curves.getContext('2d') as CanvasRenderingContext2D
    this.#lamps = lamps.getContext('2d') as CanvasRenderingContext2D
  }

  /** Draws the curves anew at the plot's present size. */
  draw(subject: Subject, theme: Theme, fontFamily: string): void {
    // An empty panel's plot takes no room, and has no size.
    this.figure.classList.remove('empty')
    const { clientWidth: width, clientHeight: height } = this.plot
    this.#drawing = panels[this.#name].draw(subject, { width, height }, theme)
    const { layers, note } = this.#drawing
    this.figure.classList.toggle('empty', layers.length === 0)
    if (this.#note.textContent !== note) this.#note.textContent = note
    for (const context of [this.#curves, this.#lamps]) {
      fitCanvas(context.canvas, width, height)
      context.clearRect(0, 0, width, height)
    }
    paintDrawing(this.#curves, this.#drawing, `${FONT_SIZE}px ${fontFamily}`)
    this.#lit = false
  }

  /** @param strengths 0 to 1, one a channel */
  light(strengths: ArrayLike<number>): void {
    const drawing = this.#drawing
    if (!drawing || drawing.lamps.length === 0) return
    const dark = Array.prototype.every.call(strengths, (strength) => strength === 0)
    if (dark && !this.#lit) return
    const { clientWidth: width, clientHeight: height } = this.plot
    this.#lamps.clearRect(0, 0, width, height)
    paintLamps(this.#lamps, drawing, strengths)
    this.#lit = !dark
  }

  /** The channel at a place in CSS pixels from the plot's left top corner, or -1. */
  channelAt(x: number, y: number): number {
    return this.#drawing?.channelAt(x, y) ?? -1
  }
}
