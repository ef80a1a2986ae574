import { type LabelName, labelKey } from '../events/index.ts'
import { fitCanvas } from './element.ts'
import { type LabelFormat, words } from './format.ts'
import { Lane } from './lane.ts'
import { paintTimes } from './paint.ts'
import type { Palette } from './palette.ts'
import { ScoreHistory } from './score-history.ts'
import type { ShownEvent } from './track.ts'
import { Viewport } from './viewport.ts'

/** What a moved threshold is. */
export interface MovedThreshold extends LabelName {
  readonly value: number
}

const AXIS_HEIGHT = 22

/** Lanes of the labels that occurred or are pinned, one below the other, and the time below them. */
export class Timeline {
  /** To be laid out by the element. */
  readonly element: HTMLElement
  readonly view = new Viewport()
  /** Of lanes to come. */
  labelFormat: LabelFormat = words
  readonly #moved: (threshold: MovedThreshold) => void
  readonly #lanes = new Map<string, Lane>()
  readonly #list: HTMLElement
  readonly #axis: HTMLCanvasElement
  readonly #observer: IntersectionObserver
  #pinned: readonly LabelName[] = []
  #thresholds: Readonly<Record<string, number>> = {}
  #scores: ScoreHistory | null = null
  /** Label → its place among the scores. */
  #places = new Map<string, number>()
  #palette: Palette | null = null
  /** What was drawn is no longer right. */
  #stale = true
  #drawn = Number.NaN

  /** @param moved called when the user moves a threshold */
  constructor(element: HTMLElement, moved: (threshold: MovedThreshold) => void) {
    this.element = element
    this.#moved = moved
    element.innerHTML =
      '<div class="lanes"></div><div class="foot"><canvas class="axis" aria-hidden="true"></canvas></div>'
    this.#list = element.querySelector('.lanes') as HTMLElement
    this.#axis = element.querySelector('.axis') as HTMLCanvasElement
    this.#observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const lane = this.#lanes.get((target as HTMLElement).dataset.key ?? '')
        if (lane) lane.seen = isIntersecting
      }
      this.#stale = true
    })
    this.#settle()
  }

  /** Labels that are shown though they may never occur, first and in this order. */
  set pinned(names: readonly LabelName[]) {
    this.#pinned = names
    for (const name of names) this.#lane(name)
    const lanes = names.map((name) => this.#lane(name).element)
    this.#list.prepend(...lanes)
    this.#settle()
  }

  /** Thresholds by label; by "head/label" where the label has a head. */
  set thresholds(thresholds: Readonly<Record<string, number>>) {
    this.#thresholds = thresholds
    for (const lane of this.#lanes.values()) this.#setThreshold(lane)
  }

  get thresholds(): Readonly<Record<string, number>> {
    return this.#thresholds
  }

  /** The labels of the scores, in their order. */
  set labels(names: readonly LabelName[]) {
    this.#places = new Map(names.map((name, i) => [labelKey(name), i]))
    this.#scores = new ScoreHistory(names.length)
    this.#stale = true
  }

  showScores(time: number, values: ArrayLike<number>): void {
    this.#scores?.add(time, values)
    this.#stale = true
  }

  show(event: ShownEvent): void {
    this.#lane(event).show(event)
    this.#stale = true
  }

  /** Takes back an event; a lane that is left with nothing goes, unless it is pinned. */
  takeBack(event: ShownEvent): void {
    const lane = this.#lanes.get(labelKey(event))
    if (!lane) return
    lane.takeBack(event)
    if (lane.empty && !this.#pinned.some((name) => labelKey(name) === lane.key)) this.#remove(lane)
    this.#settle()
  }

  /** Forgets events and scores, and all lanes that are not pinned. */
  clear(): void {
    const kept = new Set(this.#pinned.map(labelKey))
    for (const lane of this.#lanes.values()) {
      lane.clear()
      if (!kept.has(lane.key)) this.#remove(lane)
    }
    if (this.#scores) this.#scores = new ScoreHistory(this.#places.size)
    this.#settle()
  }

  /** Another size, pixel ratio, theme or wish for motion. */
  restyle(palette: Palette): void {
    this.#palette = palette
    const { view } = this
    view.width = this.#axis.clientWidth
    view.sweep = matchMedia('(prefers-reduced-motion: reduce)').matches
    for (const lane of this.#lanes.values()) lane.resize()
    fitCanvas(this.#axis, view.width, AXIS_HEIGHT)
    this.#stale = true
  }

  /** Draws what changed. @param now seconds on the clock of the events */
  draw(now: number): void {
    const { view } = this
    const palette = this.#palette
    if (!palette || this.#lanes.size === 0 || view.width === 0) return
    // Less than a pixel of the screen cannot be seen.
    const step = (Math.abs(now - this.#drawn) / view.seconds) * view.width * devicePixelRatio
    if (!this.#stale && step < 1) return
    this.#stale = false
    this.#drawn = now
    view.now = now
    for (const lane of this.#lanes.values()) {
      if (lane.seen) lane.draw(view, palette, this.#scores, this.#places.get(lane.key) ?? -1)
    }
    const context = this.#axis.getContext('2d')
    if (!context) return
    context.clearRect(0, 0, view.width, AXIS_HEIGHT)
    context.font = palette.font
    paintTimes(context, view, palette)
  }

  #lane(name: LabelName): Lane {
    const key = labelKey(name)
    const known = this.#lanes.get(key)
    if (known) return known
    const lane = new Lane(
      name.head === undefined ? { label: name.label } : { head: name.head, label: name.label },
      this.labelFormat,
    )
    this.#lanes.set(key, lane)
    lane.element.dataset.key = key
    this.#list.append(lane.element)
    this.#setThreshold(lane)
    this.#settle()
    lane.resize()
    this.#observer.observe(lane.element)
    return lane
  }

  #remove(lane: Lane): void {
    this.#observer.unobserve(lane.element)
    lane.element.remove()
    this.#lanes.delete(lane.key)
  }

  #setThreshold(lane: Lane): void {
    lane.setThreshold(this.#thresholds[lane.key], (value) => {
      this.#thresholds = { ...this.#thresholds, [lane.key]: value }
      this.#moved({ ...lane.name, value })
    })
  }

  #settle(): void {
    this.element.hidden = this.#lanes.size === 0
    this.#stale = true
  }
}
