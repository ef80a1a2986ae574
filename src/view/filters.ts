import { LeafError } from '../error.ts'
import { type FrontendDescription, hasFilters } from '../frontend/index.ts'
import { attach, canDraw, define, ElementBase, type ViewBase } from './element.ts'
import {
  Chooser,
  chooserMarkup,
  type FilterCurves,
  FrequencyScale,
  filterCurves,
  filtersCSV,
  Glow,
  isScale,
  PanelView,
  paintSheet,
  type Sheet,
  type Subject,
  sameSizes,
  sheetOf,
  sheetSVG,
  Tip,
  themeOf,
} from './filters/index.ts'
import { type PanelName, panelNames, panelsOf } from './filters/panels/index.ts'
import { css } from './filters.css.ts'
import { type WatchedLook, watchLook } from './look.ts'
import type { FrameSource } from './spectrogram.ts'
import { Ticker } from './ticker.ts'

/** What the reader has chosen: a channel and its centre in Hz, or -1 and 0 for none. */
export interface FilterChoice {
  readonly channel: number
  readonly frequency: number
}

/** Time in one repaint after which no further step is begun. */
const DRAWING_MS = 8
/** Strength of the channel under the pointer, lit so that it can be found. */
const POINTED = 0.5
/** Least time from one lighting to the next: as films have it, and for readers who asked for reduced motion. */
const LIGHT_PERIOD_MS = 32
const CALM_PERIOD_MS = 400

/** Events of `<leaf-filters>`, beside those of every element. */
export interface LeafFiltersEventMap extends Omit<HTMLElementEventMap, 'select'> {
  select: CustomEvent<FilterChoice>
}

/**
 * `<leaf-filters scale="mel" view="all">`: a frontend's filters, pooling and compression, the learned over the
 * initial. `scale` is linear, mel or log; `view` is one panel (responses, heat, lists, bandwidths, impulse, pooling,
 * compression) or all. With `frames` every channel is lit as strongly as it is heard. A click, or the slider and its
 * arrow keys, choose a filter: a `select` event with a `FilterChoice`. Its content is shown until there is a frontend.
 */
export class LeafFilters extends (ElementBase as ViewBase<LeafFiltersEventMap>) {
  static observedAttributes = ['scale', 'view']

  #frontend: FrontendDescription | null = null
  #initial: FrontendDescription | null = null
  #beneath = 'initial'
  #frames: FrameSource | null = null
  #selected = -1
  #pointed = -1
  #learnedCurves: FilterCurves | null = null
  #initialCurves: FilterCurves | null = null
  #glow: Glow | null = null
  #lastLit = 0
  #stale = true
  #waiting: (() => void)[] = []
  #panels = new Map<PanelName, PanelView>()
  #chooser: Chooser | null = null
  #tip: Tip | null = null
  #watched: WatchedLook | null = null
  #ticker = new Ticker(
    this,
    () => this.#draw(),
    () => this.#collect(),
  )

  connectedCallback(): void {
    if (!canDraw()) return
    if (!this.shadowRoot) this.#build()
    this.#watched = watchLook(this, () => this.#restyle())
    this.#arrange()
    this.#ticker.start()
  }

  disconnectedCallback(): void {
    this.#watched?.end()
    this.#ticker.stop()
  }

  attributeChangedCallback(): void {
    if (this.shadowRoot) this.#arrange()
  }

  /** The learned frontend; may be set many times a second while training moves it. */
  set frontend(frontend: FrontendDescription | null) {
    const previous = this.#frontend
    this.#frontend = frontend
    if (!frontend) this.#glow = null
    else if (!this.#glow || previous?.channels !== frontend.channels) this.#glow = new Glow(frontend)
    else this.#glow.frontend = frontend
    this.#stale = true
  }

  get frontend(): FrontendDescription | null {
    return this.#frontend
  }

  /** Drawn faintly beneath, if its sizes are those of `frontend`; null for none. */
  set initial(initial: FrontendDescription | null) {
    this.#initial = initial
    this.#stale = true
  }

  get initial(): FrontendDescription | null {
    return this.#initial
  }

  /** What `initial` is, in a note: “initial”, or the name of another frontend. */
  set beneath(name: string) {
    this.#beneath = name
    this.#stale = true
  }

  get beneath(): string {
    return this.#beneath
  }

  /** Features of `frontend` as they come; emptied before each repaint while visible. null puts all lights out. */
  set frames(frames: FrameSource | null) {
    this.#frames = frames
    if (!frames && this.#frontend) this.#glow = new Glow(this.#frontend)
    this.#stale = true
  }

  get frames(): FrameSource | null {
    return this.#frames
  }

  /** The chosen channel, -1 for none. */
  set selected(channel: number) {
    this.#selected = Number.isInteger(channel) && channel >= 0 ? channel : -1
    this.#stale = true
  }

  get selected(): number {
    return this.#selectedOf(this.#frontend)
  }

  /** The shown panels as an SVG file that needs no other, in light colours. @throws LeafError `arguments` without a frontend. */
  toSVG(): string {
    return sheetSVG(this.#sheet())
  }

  /** The same as a PNG of twice the size. */
  toPNG(): Promise<Blob> {
    const canvas = paintSheet(this.#sheet())
    return new Promise((resolve, reject) =>
      canvas.toBlob((blob) =>
        blob ? resolve(blob) : reject(new LeafError('arguments', 'No PNG could be made.', 'Take toSVG().')),
      ),
    )
  }

  /** A line a filter: centre and bandwidth in Hz, pooling in ms, the compression's parameters; learned, then initial. */
  toCSV(): string {
    const { learned, initial } = this.#exported()
    return filtersCSV(learned, initial)
  }

  #build(): void {
    const markup = `<p class="hint"><slot></slot></p>${chooserMarkup}<div class="grid" hidden></div>`
    const root = attach(this, css, markup)
    this.#chooser = new Chooser(root, (channel) => this.#choose(channel))
    this.#tip = new Tip()
    for (const name of panelNames) {
      const panel = new PanelView(name)
      this.#panels.set(name, panel)
      root.querySelector('.grid')?.append(panel.figure)
      panel.plot.addEventListener('pointermove', (event) => this.#point(panel, event))
      panel.plot.addEventListener('pointerleave', () => this.#point(null))
      panel.plot.addEventListener('click', ({ offsetX, offsetY }) => {
        const channel = panel.channelAt(offsetX, offsetY)
        if (channel < 0) return
        this.#choose(channel)
        this.#chooser?.focus()
      })
    }
  }

  /** The panels that the attributes ask for. */
  #arrange(): void {
    const shown = panelsOf(this.getAttribute('view'))
    for (const [name, { figure }] of this.#panels) figure.hidden = !shown.includes(name)
    this.shadowRoot?.querySelector('.grid')?.classList.toggle('single', shown.length === 1)
    this.#restyle()
  }

  #restyle(): void {
    this.#stale = true
  }

  #selectedOf(frontend: FrontendDescription | null): number {
    const filters = frontend && hasFilters(frontend) ? frontend.channels : 0
    return this.#selected < filters ? this.#selected : -1
  }

  #learned(frontend: FrontendDescription): FilterCurves {
    if (this.#learnedCurves?.frontend !== frontend)
      this.#learnedCurves = filterCurves(frontend, this.#learnedCurves)
    return this.#learnedCurves
  }

  #subject(frontend: FrontendDescription): Subject {
    const learned = this.#learned(frontend)
    const initial = this.#initial && sameSizes(this.#initial, frontend) ? this.#initial : null
    if (!initial) this.#initialCurves = null
    else if (this.#initialCurves?.frontend !== initial)
      this.#initialCurves = filterCurves(initial, this.#initialCurves ?? learned)
    const scale = this.getAttribute('scale')
    return {
      learned,
      initial: this.#initialCurves,
      beneath: this.#beneath,
      selected: this.#selectedOf(frontend),
      scale: new FrequencyScale(isScale(scale) ? scale : 'mel', frontend.sampleRate),
    }
  }

  #exported(): Subject {
    const frontend = this.#frontend
    if (frontend) return this.#subject(frontend)
    throw new LeafError('arguments', 'There is no frontend to show.', 'Set frontend before exporting.')
  }

  #sheet(): Sheet {
    return sheetOf(panelsOf(this.getAttribute('view')), this.#exported())
  }

  #choose(channel: number): void {
    this.selected = channel
    const frequency = this.#learnedCurves?.centers[channel] ?? 0
    const detail: FilterChoice = { channel, frequency }
    this.dispatchEvent(new CustomEvent('select', { detail }))
  }

  /** The pointer is over a panel, or over none. */
  #point(panel: PanelView | null, event?: PointerEvent): void {
    const channel = panel && event ? panel.channelAt(event.offsetX, event.offsetY) : -1
    this.#pointed = channel
    this.#lastLit = 0
    if (this.#glow) this.#glow.fresh = true
    const curves = this.#learnedCurves
    if (panel && event && curves && channel >= 0)
      this.#tip?.show(panel.plot, event.offsetX, event.offsetY, curves, channel)
    else this.#tip?.hide()
  }

  #collect(): void {
    if (this.#frames) this.#glow?.collect(this.#frames)
  }

  #draw(): void {
    this.#collect()
    this.#watched?.check()
    if (this.#stale || this.#waiting.length > 0) this.#redraw()
    const glow = this.#glow
    if (!glow?.fresh) return
    const now = performance.now()
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    if (now - this.#lastLit < (calm ? CALM_PERIOD_MS : LIGHT_PERIOD_MS)) return
    this.#lastLit = now
    glow.fresh = false
    const strengths = glow.strengths.slice()
    if (this.#pointed >= 0) strengths[this.#pointed] = Math.max(POINTED, strengths[this.#pointed])
    for (const [, panel] of this.#panels) panel.light(strengths)
  }

  /** Curves and panels are made step by step over a few repaints; what changes meanwhile comes after them. */
  #redraw(): void {
    const start = performance.now()
    if (this.#waiting.length === 0 && this.#stale) this.#prepare()
    while (this.#waiting.length > 0 && performance.now() - start < DRAWING_MS) this.#waiting.shift()?.()
    if (this.#glow) this.#glow.fresh = true
  }

  /** Leaves the steps waiting: learned curves, initial ones, and what shows them. */
  #prepare(): void {
    this.#stale = false
    const root = this.shadowRoot
    if (!root) return
    const part = (selector: string) => root.querySelector(selector) as HTMLElement
    const frontend = this.#frontend
    part('.hint').hidden = frontend !== null
    part('.grid').hidden = frontend === null
    part('.chooser').hidden = frontend === null || !hasFilters(frontend)
    if (!frontend) return
    this.#waiting = [
      () => this.#learned(frontend),
      () => this.#subject(frontend),
      () => this.#present(this.#subject(frontend)),
    ]
  }

  /** The chooser; the panels are left waiting. */
  #present(subject: Subject): void {
    this.#chooser?.show(subject.learned, subject.selected)
    const theme = themeOf(this)
    const { fontFamily } = getComputedStyle(this)
    this.#waiting = [...this.#panels.values()]
      .filter(({ figure }) => !figure.hidden)
      .map((panel) => () => panel.draw(subject, theme, fontFamily))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'leaf-filters': LeafFilters
  }
}

define('leaf-filters', LeafFilters)
