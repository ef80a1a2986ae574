import type { LabelName } from '../events/index.ts'
import { attach, canDraw, define, ElementBase, type ViewBase } from './element.ts'
import { eventRow, fillRow } from './event-row.ts'
import { css, markup } from './events.css.ts'
import { eventsCSV, eventsJSON } from './events-text.ts'
import { type LabelFormat, words } from './format.ts'
import { type WatchedLook, watchLook } from './look.ts'
import { paletteOf } from './palette.ts'
import { Ticker } from './ticker.ts'
import { type MovedThreshold, Timeline } from './timeline.ts'
import { EventTrack, type ShownEvent } from './track.ts'

/** Events in the list. */
const LISTED = 200
/** Events kept for the exports. */
const KEPT = 10_000
const RUNNING_PERIOD_MS = 200
const SECONDS = 30

/** Events of `<leaf-events>`, beside those of every element. */
export interface LeafEventsEventMap extends HTMLElementEventMap {
  threshold: CustomEvent<MovedThreshold>
}

/**
 * `<leaf-events seconds="30">`: detected events over time, a lane for each label that occurred or is pinned, bars as high
 * as their confidence; below them a list, the newest first, which screen readers are told of as the attribute `aria-live`
 * says, politely without it. Its content is shown while there is nothing.
 *
 * With `thresholds` each lane has a line to drag, or to move by arrow keys. An event `threshold`, a CustomEvent whose
 * detail is `{ head?, label, value }`, tells where it was moved to: hand it to `listener.setThreshold`.
 */
export class LeafEvents extends (ElementBase as ViewBase<LeafEventsEventMap>) {
  static observedAttributes = ['seconds', 'aria-live']

  /** Seconds on the clock of the events, which the timeline follows; without it the newest event is now. */
  clock: (() => number) | null = null

  #track = new EventTrack(KEPT)
  #pinned: readonly LabelName[] = []
  #labels: readonly LabelName[] = []
  #thresholds: Readonly<Record<string, number>> | null = null
  #labelFormat: LabelFormat = words
  #timeline: Timeline | null = null
  #list: HTMLOListElement | null = null
  #hint: HTMLElement | null = null
  #grown = 0
  #watched: WatchedLook | null = null
  #ticker = new Ticker(
    this,
    () => this.#draw(),
    () => {},
  )

  connectedCallback(): void {
    if (!canDraw()) return
    if (!this.shadowRoot) this.#build()
    // Without lanes it has no size, whatever size the view has.
    const timeline = this.shadowRoot?.querySelector('.timeline') as HTMLElement
    this.#watched = watchLook(timeline, () => this.#restyle())
    this.#restyle()
    this.#ticker.start()
  }

  disconnectedCallback(): void {
    this.#watched?.end()
    this.#ticker.stop()
  }

  attributeChangedCallback(): void {
    if (this.#timeline) this.#restyle()
  }

  /** The events since the last `clear`, oldest first, ten thousand at most. */
  get events(): readonly ShownEvent[] {
    return this.#track.entries
  }

  /**
   * Scores at which events begin, 0 to 1, by label; by "head/label" where labels have heads: `listener.thresholds` as
   * it is. Follows what the user moves. null or a label left out: nothing to move.
   */
  set thresholds(thresholds: Readonly<Record<string, number>> | null) {
    this.#thresholds = thresholds
    if (this.#timeline) this.#timeline.thresholds = thresholds ?? {}
  }

  get thresholds(): Readonly<Record<string, number>> | null {
    return this.#thresholds
  }

  /** Labels whose lanes are there though they may never occur, above all others. */
  set pinned(pinned: readonly LabelName[]) {
    this.#pinned = pinned
    if (this.#timeline) this.#timeline.pinned = pinned
    this.#settle()
  }

  get pinned(): readonly LabelName[] {
    return this.#pinned
  }

  /** The labels of the scores that `showScores` gets, in their order: `listener.labels` as it is. */
  set labels(labels: readonly LabelName[]) {
    this.#labels = labels
    if (this.#timeline) this.#timeline.labels = labels
  }

  get labels(): readonly LabelName[] {
    return this.#labels
  }

  /**
   * How labels and heads are written in lanes and rows that come from now on; at first as of the shipped models:
   * "dog_bark" → "Dog bark", "impact" → "Thud or knock". `(label) => label` writes a model's own labels as they are.
   */
  set labelFormat(format: LabelFormat) {
    this.#labelFormat = format
    if (this.#timeline) this.#timeline.labelFormat = format
  }

  get labelFormat(): LabelFormat {
    return this.#labelFormat
  }

  /** Adds an event; a running one (without `end`) is replaced when it is shown again with its end. */
  show(event: ShownEvent): void {
    const { index, added } = this.#track.put(event)
    const list = this.#list
    if (!list) return
    this.#timeline?.show(event)
    if (added) {
      list.prepend(eventRow(event, this.#labelFormat))
      if (list.children.length > LISTED) list.lastElementChild?.remove()
    } else {
      const item = list.children[this.#track.entries.length - 1 - index]
      if (item) fillRow(item, event, event.end, this.#labelFormat)
    }
    this.#settle()
  }

  /** Takes back an event that was shown: what it was said to be turned out to be something else. */
  takeBack(event: ShownEvent): void {
    const index = this.#track.remove(event)
    if (index < 0) return
    this.#timeline?.takeBack(event)
    this.#list?.children[this.#track.entries.length - index]?.remove()
    this.#settle()
  }

  /** Draws the scores of all labels into their lanes. @param time seconds @param values 0 to 1, one per label */
  showScores(time: number, values: ArrayLike<number>): void {
    this.#timeline?.showScores(time, values)
  }

  /** Empties the list and its track. */
  clear(): void {
    this.#track.clear()
    this.#timeline?.clear()
    this.#list?.replaceChildren()
    this.#settle()
  }

  /** A line an event: `head,label,start,end,confidence`, seconds on the clock of the events. */
  toCSV(): string {
    return eventsCSV(this.#track.entries)
  }

  /** A list of `{ head?, label, start, end?, confidence }` as text, seconds on the clock of the events. */
  toJSON(): string {
    return eventsJSON(this.#track.entries)
  }

  #build(): void {
    const root = attach(this, css, markup)
    this.#list = root.querySelector('ol')
    this.#hint = root.querySelector('.hint')
    const timeline = new Timeline(root.querySelector('.timeline') as HTMLElement, (threshold) =>
      this.#move(threshold),
    )
    this.#timeline = timeline
    timeline.labelFormat = this.#labelFormat
    timeline.pinned = this.#pinned
    timeline.thresholds = this.#thresholds ?? {}
    timeline.labels = this.#labels
    for (const event of this.#track.entries) timeline.show(event)
    for (const event of this.#track.entries.slice(-LISTED))
      this.#list?.prepend(eventRow(event, this.#labelFormat))
    this.#settle()
  }

  #move(threshold: MovedThreshold): void {
    this.#thresholds = this.#timeline?.thresholds ?? this.#thresholds
    this.dispatchEvent(new CustomEvent<MovedThreshold>('threshold', { detail: threshold }))
  }

  #settle(): void {
    if (this.#hint) this.#hint.hidden = this.#track.entries.length > 0
  }

  #restyle(): void {
    const seconds = Number(this.getAttribute('seconds'))
    if (!this.#timeline) return
    this.#list?.setAttribute('aria-live', this.getAttribute('aria-live') ?? 'polite')
    this.#timeline.view.seconds = seconds > 0 ? seconds : SECONDS
    this.#timeline.restyle(paletteOf(this))
  }

  #draw(): void {
    this.#watched?.check()
    const last = this.#track.entries.at(-1)
    const now = this.clock?.() ?? last?.end ?? last?.start ?? 0
    this.#timeline?.draw(now)
    if (performance.now() - this.#grown < RUNNING_PERIOD_MS) return
    this.#grown = performance.now()
    this.#grow(now)
  }

  /** Running events in the list grow. */
  #grow(now: number): void {
    const { entries } = this.#track
    const { children } = this.#list as HTMLOListElement
    for (let place = 0; place < children.length; place++) {
      const event = entries[entries.length - 1 - place]
      if (event.end === undefined) fillRow(children[place], event, now, this.#labelFormat)
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'leaf-events': LeafEvents
  }
}

define('leaf-events', LeafEvents)
