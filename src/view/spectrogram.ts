import { channelFrequencies, type FrontendDescription, geometryOf, hasFilters } from '../frontend/index.ts'
import { bandTicks, type Tick } from './axes.ts'
import { type ColorMapName, colorTable, isColorMap } from './colors.ts'
import { attach, canDraw, define, ElementBase, fitCanvas, type ViewBase } from './element.ts'
import { type LabelFormat, words } from './format.ts'
import { FrameHistory } from './history.ts'
import { LEGEND_WIDTH, legendText, legendValues, paintLegend } from './legend.ts'
import { type WatchedLook, watchLook } from './look.ts'
import {
  LANES_HEIGHT,
  paintCursor,
  paintEvents,
  paintFeatures,
  paintFrequencies,
  paintTimes,
} from './paint.ts'
import { type Palette, paletteOf } from './palette.ts'
import { listenToPlot, type PlotHandlers, ZOOM_STEP } from './plot-input.ts'
import { cellAt, readout, summary } from './readout.ts'
import { css, markup } from './spectrogram.css.ts'
import { Ticker } from './ticker.ts'
import { toneOf } from './tone.ts'
import { EventTrack, type ShownEvent } from './track.ts'
import { Viewport } from './viewport.ts'
import { Zoom } from './zoom.ts'

/** Where frames come from: a FrameReader, or anything else that can be emptied. */
export interface FrameSource {
  /** Calls `onFrame` for every frame that waits; `time` in seconds, `values` one a channel. */
  drain(onFrame: (index: number, time: number, values: ArrayLike<number>) => void): void
}

const GUTTER = 44
const FOOT = 24
const TRACK_LIMIT = 64
const TICK_GAP = 20
const READOUT_GAP = 14

/** What is drawn while the picture is frozen. */
interface Still {
  readonly history: FrameHistory
  readonly events: readonly ShownEvent[]
}

/** Events of `<leaf-spectrogram>`, beside those of every element. */
export interface LeafSpectrogramEventMap extends HTMLElementEventMap {
  freeze: Event
}

/**
 * `<leaf-spectrogram colors="magma" seconds="10" frozen bare legend>`: features as they arrive, time to the right,
 * frequency upwards, detected events above unless it is `bare`, with a `legend` what values the colours stand for. Its
 * content is shown until the first frame, and instead of the samples of a frontend without filters.
 * Set `frontend` (whose features they are), then `frames` (where they come from).
 *
 * Pointer and arrow keys read single values out, a box drawn with the mouse, the wheel with Ctrl, + and - look closer,
 * 0 or a double click shows all, F or the button freezes. An event `freeze` tells that the user froze the picture or let
 * it go on; while `frozen` frames are kept, not shown.
 */
export class LeafSpectrogram extends (ElementBase as ViewBase<LeafSpectrogramEventMap>) {
  static observedAttributes = ['colors', 'seconds', 'frozen', 'bare', 'legend']

  #frontend: FrontendDescription | null = null
  #frequencies: Float64Array = new Float64Array()
  /** The same from low to high, as rows are. */
  #rising: Float64Array = new Float64Array()
  #frames: FrameSource | null = null
  #history: FrameHistory | null = null
  #labelFormat: LabelFormat = words
  #track = new EventTrack(TRACK_LIMIT)
  #still: Still | null = null
  #view = new Viewport()
  #zoom = new Zoom()
  /** Where values are read out, CSS pixels. */
  #pointed: { x: number; y: number } | null = null
  #ticks: Tick[] = []
  /** What the darkest, the middle and the brightest colour stand for. */
  #legend: readonly string[] = []
  #palette: Palette | null = null
  #stale = true
  #canvas: HTMLCanvasElement | null = null
  #context: CanvasRenderingContext2D | null = null
  #watched: WatchedLook | null = null
  #ticker = new Ticker(
    this,
    () => this.#draw(),
    () => this.#collect(),
  )

  connectedCallback(): void {
    if (!canDraw()) return
    if (!this.shadowRoot) {
      const root = attach(this, css, markup)
      this.#canvas = root.querySelector('canvas')
      this.#context = this.#canvas?.getContext('2d') ?? null
      listenToPlot(this.#part('.plot'), this.#part('.box'), this.#handlers)
      this.#part('.tools').addEventListener('click', ({ target }) => {
        const act = (target as Element).closest('button')?.dataset.act
        if (act === 'freeze') this.#handlers.freeze()
        else if (act === 'all') this.#handlers.reset()
        else if (act) this.#handlers.zoom(act === 'in' ? 1 / ZOOM_STEP : ZOOM_STEP)
      })
      this.#rebuild()
    }
    this.#watched = watchLook(this, () => this.#restyle())
    this.#restyle()
    this.#ticker.start()
  }

  disconnectedCallback(): void {
    this.#watched?.end()
    this.#ticker.stop()
  }

  attributeChangedCallback(name: string): void {
    if (!this.#canvas) return
    if (name === 'frozen') this.#hold()
    else if (name === 'seconds') this.#rebuild()
    else if (name === 'bare' || name === 'legend') this.#restyle()
    else this.#recolor()
  }

  /** The frontend whose features are shown; a new one starts a new picture. */
  set frontend(frontend: FrontendDescription | null) {
    this.#frontend = frontend
    if (this.#canvas) this.#rebuild()
  }

  get frontend(): FrontendDescription | null {
    return this.#frontend
  }

  /** Main thread; emptied before each repaint while visible. null stops. */
  set frames(frames: FrameSource | null) {
    this.#frames = frames
  }

  get frames(): FrameSource | null {
    return this.#frames
  }

  /** Whether the picture stands still; what arrives meanwhile is there when it goes on. */
  set frozen(frozen: boolean) {
    this.toggleAttribute('frozen', frozen)
  }

  get frozen(): boolean {
    return this.hasAttribute('frozen')
  }

  /** How labels are written: as of the shipped models, or otherwise; see `<leaf-events>`. */
  set labelFormat(format: LabelFormat) {
    this.#labelFormat = format
    this.#stale = true
  }

  get labelFormat(): LabelFormat {
    return this.#labelFormat
  }

  /** Marks an event; a running one (without `end`) grows until it is shown again with its end. */
  show(event: ShownEvent): void {
    this.#track.put(event)
    this.#stale = true
  }

  /** Takes back an event that was shown. */
  takeBack(event: ShownEvent): void {
    this.#track.remove(event)
    this.#stale = true
  }

  /** Forgets frames and events. */
  clear(): void {
    this.#track.clear()
    this.#rebuild()
  }

  readonly #handlers: PlotHandlers = {
    point: (place) => this.#point(place, 'off'),
    step: (columns, rows) => this.#step(columns, rows),
    zoom: (factor, place) => {
      const view = this.#view
      const x = place ? (place.x - view.left) / view.width : 0.5
      const y = place ? (view.bottom - place.y) / view.height : 0.5
      // While it runs the newest stays at the right.
      this.#zoom.scale(factor, this.frozen ? within(x) : 1, within(y))
      this.#look()
    },
    grasp: () => {
      if (!this.frozen) this.#handlers.freeze()
    },
    enter: (x, y) => {
      const { left, width, bottom, height } = this.#view
      const across = { from: within((x.from - left) / width), to: within((x.to - left) / width) }
      const up = { from: within((bottom - y.to) / height), to: within((bottom - y.from) / height) }
      if (across.to > across.from && up.to > up.from) this.#zoom.enter(across, up)
      this.#look()
    },
    pan: (x, y) => {
      this.#zoom.pan(this.frozen ? x : 0, y)
      this.#look()
    },
    reset: () => {
      this.#zoom.reset()
      this.#look()
    },
    freeze: () => {
      this.frozen = !this.frozen
      this.dispatchEvent(new Event('freeze'))
    },
  }

  /** Reads out the next cell, at first the newest frame's middle one, of a picture that stands still. */
  #step(columns: number, rows: number): void {
    this.#handlers.grasp()
    const view = this.#view
    const width = ((this.#history?.hop ?? 0) / view.seconds) * view.width
    const { x, y } = this.#pointed ?? {
      x: view.right,
      y: view.y(Math.floor((view.band.from + view.band.to) / 2) + 0.5),
    }
    const place = {
      x: Math.min(view.right, Math.max(view.left, x + columns * width)),
      y: Math.min(view.bottom - 1, Math.max(view.top + 1, y - rows * view.rowHeight)),
    }
    this.#point(place, 'polite')
  }

  /** @param live whether a screen reader is told what is read out */
  #point(place: { x: number; y: number } | null, live: 'off' | 'polite'): void {
    this.#part('.readout').setAttribute('aria-live', live)
    this.#pointed = place
    this.#stale = true
  }

  #part(selector: string): HTMLElement {
    return this.shadowRoot?.querySelector(selector) as HTMLElement
  }

  #collect(): void {
    this.#frames?.drain(this.#onFrame)
  }

  #onFrame = (_index: number, time: number, values: ArrayLike<number>): void => {
    this.#history?.add(time, values)
    if (!this.#still) this.#stale = true
  }

  /** A new picture: another frontend or length of time. Of what stood still nothing is left. */
  #rebuild(): void {
    if (this.#history && this.#history.newest >= 0) this.frozen = false
    this.#history = null
    if (this.#frontend && hasFilters(this.#frontend)) {
      const frequencies = channelFrequencies(this.#frontend)
      const rising = Array.from(frequencies.keys()).sort((a, b) => frequencies[a] - frequencies[b])
      const { hop, sampleRate } = geometryOf(this.#frontend)
      const seconds = Number(this.getAttribute('seconds'))
      const columns = Math.round(((seconds > 0 ? seconds : 10) * sampleRate) / hop)
      this.#frequencies = frequencies
      this.#rising = frequencies.toSorted()
      const tone = toneOf(this.#frontend.compression)
      this.#legend = legendValues(tone).map(legendText)
      this.#history = new FrameHistory({
        order: rising.toReversed(),
        columns,
        hop: hop / sampleRate,
        tone,
        colors: colorTable(this.#map),
      })
      this.#zoom.fit((columns * hop) / sampleRate, frequencies.length)
    }
    this.#hold()
  }

  get #map(): ColorMapName {
    const colors = this.getAttribute('colors')
    return isColorMap(colors) ? colors : 'magma'
  }

  #recolor(): void {
    const colors = colorTable(this.#map)
    this.#history?.recolor(colors)
    this.#still?.history.recolor(colors)
    this.#stale = true
  }

  /** Freezes what is shown now, or goes on with what has come. */
  #hold(): void {
    const history = this.#history
    this.#still =
      this.frozen && history ? { history: history.snapshot(), events: [...this.#track.entries] } : null
    if (!this.frozen) this.#zoom.follow()
    this.#part('[data-act=freeze]').setAttribute('aria-pressed', String(this.frozen))
    this.#restyle()
  }

  /** Another size, pixel ratio, theme or wish for motion. */
  #restyle(): void {
    const canvas = this.#canvas
    if (!canvas) return
    const { clientWidth: width, clientHeight: height } = this.#part('.plot')
    fitCanvas(canvas, width, height)
    const view = this.#view
    view.left = GUTTER
    view.top = this.hasAttribute('bare') ? 0 : LANES_HEIGHT
    view.width = Math.max(0, width - GUTTER - (this.hasAttribute('legend') ? LEGEND_WIDTH : 0))
    view.height = Math.max(0, height - view.top - FOOT)
    // What stands still anyway lies in order.
    view.sweep = !this.frozen && matchMedia('(prefers-reduced-motion: reduce)').matches
    this.#palette = paletteOf(this)
    this.#look()
  }

  /** Another part of the picture. */
  #look(): void {
    const [view, zoom, history] = [this.#view, this.#zoom, this.#history]
    view.seconds = history ? Math.round(zoom.seconds / history.hop) * history.hop : 10
    view.band = zoom.band
    this.#ticks = history ? bandTicks(this.#rising, TICK_GAP / Math.max(1, view.rowHeight), zoom.band) : []
    this.#stale = true
  }

  #draw(): void {
    this.#collect()
    this.#watched?.check()
    const [context, palette, view] = [this.#context, this.#palette, this.#view]
    if (!this.#stale || !context || !palette) return
    this.#stale = false
    const history = this.#still?.history ?? this.#history
    const started = history !== null && history.newest >= 0
    view.now = history ? history.now - this.#zoom.offset : 0
    view.origin = history?.origin ?? 0
    context.clearRect(0, 0, this.clientWidth, this.clientHeight)
    context.save()
    context.beginPath()
    context.roundRect(view.left, view.top, view.width, view.height, 6)
    context.clip()
    context.fillStyle = palette.background
    context.fillRect(view.left, view.top, view.width, view.height)
    if (started) {
      history.paint()
      paintFeatures(context, view, history)
      this.#read(context, history)
    }
    context.restore()
    context.font = palette.font
    if (history) paintFrequencies(context, view, this.#ticks, palette)
    if (started) paintTimes(context, view, palette)
    if (history && this.hasAttribute('legend')) paintLegend(context, view, this.#map, this.#legend, palette)
    if (!this.hasAttribute('bare'))
      paintEvents(context, view, this.#still?.events ?? this.#track.entries, palette, this.#labelFormat)
    this.#describe(started)
  }

  /** The value under the pointer, which can change while the pointer rests. */
  #read(context: CanvasRenderingContext2D, history: FrameHistory): void {
    const told = this.#part('.readout')
    const [pointed, view] = [this.#pointed, this.#view]
    const cell = pointed && cellAt(view, history, pointed.x, pointed.y)
    told.hidden = !cell
    if (!cell || !pointed) return
    paintCursor(context, view, history.hop, cell)
    told.textContent = readout(cell, history, this.#frequencies)
    const { offsetWidth, offsetHeight } = told
    const right = pointed.x + READOUT_GAP + offsetWidth <= view.right
    const x = right ? pointed.x + READOUT_GAP : Math.max(0, pointed.x - READOUT_GAP - offsetWidth)
    const y = Math.max(view.top, pointed.y - READOUT_GAP - offsetHeight)
    told.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`
  }

  /** What the picture is, for those who cannot see it; the events are told by the list. */
  #describe(started: boolean): void {
    this.#part('.empty').hidden = started
    this.#part('.tools').hidden = !started && !this.frozen
    const legend = this.hasAttribute('legend') ? this.#legend : null
    const text = started
      ? summary(this.#view, this.#zoom, this.#rising, this.frozen, legend)
      : this.#frontend && !hasFilters(this.#frontend)
        ? 'Features are samples, which have no frequencies'
        : 'Features will appear here once there is sound'
    if (this.#canvas?.getAttribute('aria-label') !== text) this.#canvas?.setAttribute('aria-label', text)
  }
}

/** A share within what is shown. */
function within(share: number): number {
  return Math.min(1, Math.max(0, share))
}

declare global {
  interface HTMLElementTagNameMap {
    'leaf-spectrogram': LeafSpectrogram
  }
}

define('leaf-spectrogram', LeafSpectrogram)
