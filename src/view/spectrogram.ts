import { channelFrequencies, type FrontendDescription } from '../frontend/index.ts'
import { frequencyTicks, type Tick } from './axes.ts'
import { colorTable, isColorMap } from './colors.ts'
import { attach, define, ElementBase } from './element.ts'
import { FrameHistory } from './history.ts'
import {
  LANES_HEIGHT,
  type Palette,
  paintEvents,
  paintFeatures,
  paintFrequencies,
  paintTimes,
} from './paint.ts'
import { css } from './spectrogram.css.ts'
import { Ticker } from './ticker.ts'
import { toneOf } from './tone.ts'
import { EventTrack, type ShownEvent } from './track.ts'
import { Viewport } from './viewport.ts'

/** Where frames come from: a FrameReader, or anything else that can be emptied. */
export interface FrameSource {
  /** Calls `onFrame` for every frame that waits; `time` in seconds, `values` one a channel. */
  drain(onFrame: (index: number, time: number, values: ArrayLike<number>) => void): void
}

const GUTTER = 44
const FOOT = 24
const TRACK_LIMIT = 64
const TICK_GAP = 20

/**
 * `<leaf-spectrogram colors="magma" seconds="10">`: features as they arrive, time to the right,
 * frequency upwards, detected events above. Its content is shown until the first frame.
 * Set `frontend` (whose features they are), then `frames` (where they come from).
 */
export class LeafSpectrogram extends ElementBase {
  static observedAttributes = ['colors', 'seconds']

  #frontend: FrontendDescription | null = null
  #frames: FrameSource | null = null
  #history: FrameHistory | null = null
  #track = new EventTrack(TRACK_LIMIT)
  #view = new Viewport()
  #ticks: Tick[] = []
  #palette: Palette | null = null
  #stale = true
  #canvas: HTMLCanvasElement | null = null
  #context: CanvasRenderingContext2D | null = null
  #empty: HTMLElement | null = null
  #cleanup: AbortController | null = null
  #ticker = new Ticker(
    this,
    () => this.#draw(),
    () => this.#collect(),
  )
  #resizes: ResizeObserver | null = null

  connectedCallback(): void {
    if (!this.shadowRoot) {
      const root = attach(this, css, '<canvas role="img"></canvas><div class="empty"><slot></slot></div>')
      this.#canvas = root.querySelector('canvas')
      this.#context = this.#canvas?.getContext('2d') ?? null
      this.#empty = root.querySelector('.empty')
    }
    this.#cleanup = new AbortController()
    const { signal } = this.#cleanup
    const restyle = () => this.#restyle()
    for (const query of [
      '(prefers-color-scheme: dark)',
      '(prefers-reduced-motion: reduce)',
      '(forced-colors: active)',
    ])
      matchMedia(query).addEventListener('change', restyle, { signal })
    this.#resizes = new ResizeObserver(restyle)
    this.#resizes.observe(this)
    this.#rebuild()
    this.#ticker.start()
  }

  disconnectedCallback(): void {
    this.#cleanup?.abort()
    this.#resizes?.disconnect()
    this.#ticker.stop()
  }

  attributeChangedCallback(): void {
    if (this.isConnected && this.#canvas) this.#rebuild()
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

  /** Marks an event; a running one (without `end`) grows until it is shown again with its end. */
  show(event: ShownEvent): void {
    this.#track.put(event)
    this.#stale = true
  }

  /** Forgets frames and events. */
  clear(): void {
    this.#track.clear()
    this.#rebuild()
  }

  #collect(): void {
    this.#frames?.drain(this.#onFrame)
  }

  #onFrame = (_index: number, time: number, values: ArrayLike<number>): void => {
    this.#history?.add(time, values)
    this.#stale = true
  }

  /** A new picture: another frontend, colour map or length of time. */
  #rebuild(): void {
    const seconds = Number(this.getAttribute('seconds'))
    this.#view.seconds = seconds > 0 ? seconds : 10
    this.#history = null
    if (this.#frontend) {
      const frequencies = channelFrequencies(this.#frontend)
      const rising = Array.from(frequencies.keys()).sort((a, b) => frequencies[a] - frequencies[b])
      const hop = this.#frontend.hopMs / 1000
      const colors = this.getAttribute('colors')
      this.#history = new FrameHistory({
        order: rising.toReversed(),
        columns: Math.round(this.#view.seconds / hop),
        hop,
        tone: toneOf(this.#frontend.compression),
        colors: colorTable(isColorMap(colors) ? colors : 'magma'),
      })
    }
    this.#restyle()
  }

  /** Another size, pixel ratio, theme or wish for motion. */
  #restyle(): void {
    const canvas = this.#canvas
    if (!canvas) return
    const ratio = devicePixelRatio
    const { clientWidth: width, clientHeight: height } = this
    canvas.width = Math.round(width * ratio)
    canvas.height = Math.round(height * ratio)
    this.#context?.setTransform(ratio, 0, 0, ratio, 0, 0)
    const view = this.#view
    view.left = GUTTER
    view.top = LANES_HEIGHT
    view.width = Math.max(0, width - GUTTER)
    view.height = Math.max(0, height - LANES_HEIGHT - FOOT)
    view.sweep = matchMedia('(prefers-reduced-motion: reduce)').matches
    const style = getComputedStyle(this)
    const color = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise
    this.#palette = {
      ink: style.color,
      muted: color('--leaf-muted', style.color),
      mark: color('--leaf-accent', '#1d7a4f'),
      lane: color('--leaf-raised', '#8882'),
      background: '#0b0915',
      font: `12px ${style.fontFamily}`,
    }
    this.#ticks = this.#frequencyTicks()
    this.#stale = true
  }

  #frequencyTicks(): Tick[] {
    if (!this.#frontend) return []
    const frequencies = channelFrequencies(this.#frontend).sort()
    return frequencyTicks(frequencies, (TICK_GAP / Math.max(1, this.#view.height)) * frequencies.length)
  }

  #draw(): void {
    this.#collect()
    const [context, palette, view] = [this.#context, this.#palette, this.#view]
    if (!this.#stale || !context || !palette || !this.#canvas) return
    this.#stale = false
    const history = this.#history
    view.now = history?.now ?? 0
    view.origin = history?.origin ?? 0
    context.clearRect(0, 0, this.clientWidth, this.clientHeight)
    context.save()
    context.beginPath()
    context.roundRect(view.left, view.top, view.width, view.height, 6)
    context.clip()
    context.fillStyle = palette.background
    context.fillRect(view.left, view.top, view.width, view.height)
    if (history && history.newest >= 0) paintFeatures(context, view, history)
    context.restore()
    context.font = palette.font
    if (history) {
      paintFrequencies(context, view, this.#ticks, this.#frontend?.channels ?? 1, palette)
      if (history.newest >= 0) paintTimes(context, view, palette)
    }
    paintEvents(context, view, this.#track.entries, palette)
    this.#describe(history)
  }

  /** What the picture is, for those who cannot see it; the events are told by the list. */
  #describe(history: FrameHistory | null): void {
    const started = (history?.newest ?? -1) >= 0
    if (this.#empty) this.#empty.hidden = started
    const text = started
      ? `Features of the last ${this.#view.seconds} seconds, frequency against time`
      : 'Features will appear here once there is sound'
    if (this.#canvas?.getAttribute('aria-label') !== text) this.#canvas?.setAttribute('aria-label', text)
  }
}

define('leaf-spectrogram', LeafSpectrogram)
