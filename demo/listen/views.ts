import type { Listener } from '../../src/listen.ts'
import type { Model } from '../../src/model/index.ts'
import {
  type LabelFormat,
  type LeafEvents,
  type LeafMeter,
  type LeafSpectrogram,
  type MovedThreshold,
  percent,
  type ShownEvent,
  words,
} from '../../src/view/index.ts'
import { download, partOf, showProblem } from '../common/index.ts'
import { type Desk, DeskLevel, liveFrames, ScoreBars, showListener } from '../desk/index.ts'
import { calmDecoding } from './calm-rules.ts'
import { Hearing } from './hearing.ts'
import { LabelCard } from './label-card.ts'
import { showModel } from './model-card.ts'
import { NowLine } from './now-line.ts'
import { RoomLevel } from './room-level.ts'

/** Below this width ten seconds are too many to see anything. */
const NARROW = '(max-width: 520px)'

/** Everything that shows what is heard. */
export class Views {
  readonly #section: HTMLElement
  readonly #spectrogram: LeafSpectrogram
  readonly #events: LeafEvents
  readonly #meter: LeafMeter
  readonly #now: NowLine
  readonly #level: DeskLevel
  readonly #label: LabelCard
  readonly #room = new RoomLevel()
  readonly #ease: HTMLInputElement
  readonly #each: HTMLButtonElement
  #scores: ScoreBars
  /** The one whose thresholds are moved, as its model has them, and what it hears. */
  #heard: { listener: Listener; own: Readonly<Record<string, number>>; hearing: Hearing } | null = null

  /** @param warm resolves once the model would miss nothing of what is played */
  constructor(section: HTMLElement, desk: Desk, warm: () => Promise<void>) {
    this.#section = section
    this.#now = new NowLine(section)
    this.#level = new DeskLevel(desk)
    this.#label = new LabelCard(section, desk, warm)
    this.#ease = partOf(section, 'ease')
    this.#each = partOf(section, 'each')
    this.#spectrogram = partOf(section, 'spectrogram')
    this.#events = partOf(section, 'events')
    this.#meter = partOf(section, 'meter')
    this.#scores = new ScoreBars(partOf(section, 'scores'), [], words)
    if (matchMedia(NARROW).matches) this.#spectrogram.setAttribute('seconds', '6')
    partOf(section, 'clear').addEventListener('click', () => this.#forget())
    const save = (name: string, text: () => string) =>
      partOf(section, name).addEventListener('click', () => download(new Blob([text()]), `events.${name}`))
    save('csv', () => this.#events.toCSV())
    save('json', () => this.#events.toJSON())
    this.#events.addEventListener('threshold', (event) => {
      const { label, value, head } = (event as CustomEvent<MovedThreshold>).detail
      this.#heard?.listener.setThreshold(label, value, head).catch(showProblem)
    })
    this.#ease.addEventListener('input', () => this.#move())
    this.#each.addEventListener('click', () => {
      const shown = this.#each.getAttribute('aria-pressed') !== 'true'
      this.#each.setAttribute('aria-pressed', String(shown))
      this.#showLines()
    })
    this.#tellEase()
    this.#now.rest('Not listening')
    desk.addEventListener('waking', () => this.#now.rest('Getting ready …'))
    desk.addEventListener('still', () => {
      this.#heard?.hearing.rest()
      this.#room.clear()
      this.#now.rest('Not listening')
    })
    const explain = partOf(section, 'explain')
    explain.addEventListener('click', () => {
      explain.setAttribute('aria-pressed', String(this.#meter.toggleAttribute('explain')))
    })
  }

  /** Shows what there is before any sound: the axis, the classes, the card. @param format of the labels */
  prepare(model: Model, format: LabelFormat, isShipped: boolean): void {
    for (const view of [this.#events, this.#spectrogram, this.#now]) view.labelFormat = format
    this.#spectrogram.frontend = model.frontend
    this.#events.thresholds = null
    this.#events.clear()
    this.#hideTools(true)
    this.#label.prepare(model, format, isShipped)
    this.#scores = new ScoreBars(partOf(this.#section, 'scores'), model.labels, format, (label) =>
      this.#label.chooser(label),
    )
    showModel(partOf(this.#section, 'model'), model)
  }

  /** Where the detector runs, or what keeps it. */
  tellDetector(text: string): void {
    partOf(this.#section, 'detector').textContent = text
  }

  /** Shows what a listener hears from now on. */
  async attach(listener: Listener, disposed: AbortSignal): Promise<void> {
    const [scores, events, detector] = [this.#scores, this.#events, partOf(this.#section, 'detector')]
    const now = () => listener.context.currentTime
    const { smoothingSeconds } = listener.model.decoding
    const hearing = new Hearing({ labels: listener.labels, smoothingSeconds }, this.#room, {
      show: (event) => this.#show(event),
      takeBack: (event) => this.#takeBack(event),
      tell: ({ present, past }) => this.#now.show(present, past),
    })
    const heard = { listener, own: listener.thresholds, hearing }
    this.#heard = heard
    events.clock = now
    listener.addEventListener('onset', ({ detail }) => hearing.put(now(), detail))
    listener.addEventListener('event', ({ detail }) => hearing.put(now(), detail))
    showListener(listener, { scores, detector }, disposed)
    listener.addEventListener('scores', ({ detail }) => {
      events.showScores(detail.center, detail.values)
      if (!listener.paused && this.#heard === heard)
        hearing.hear(now(), detail.center, detail.values, this.#level.decibels)
    })
    this.#events.labels = listener.labels
    this.#spectrogram.frames = await liveFrames(listener.node)
    this.#meter.source = listener
    this.#move(disposed)
  }

  /** What was shown until now, the newest events last. */
  get events(): readonly ShownEvent[] {
    return this.#events.events
  }

  /** How easily events are shown is another one. */
  #move(disposed?: AbortSignal): void {
    this.#tellEase()
    if (!this.#heard) return
    const { listener, own } = this.#heard
    const set = listener.setOptions(calmDecoding(own, this.#share))
    set.then(
      () => this.#showLines(),
      (error) => !disposed?.aborted && showProblem(error),
    )
  }

  /** The share from which on events are shown, 0 to 1. */
  get #share(): number {
    return 1 - this.#ease.valueAsNumber / 100
  }

  #tellEase(): void {
    const text = `from ${percent(this.#share)}`
    partOf(this.#section, 'from').textContent = text
    this.#ease.setAttribute('aria-valuetext', text)
  }

  /** A line to move in every lane, where they are wanted. */
  #showLines(): void {
    const wanted = this.#each.getAttribute('aria-pressed') === 'true'
    this.#events.thresholds = wanted ? (this.#heard?.listener.thresholds ?? null) : null
  }

  #show(event: ShownEvent): void {
    this.#events.show(event)
    this.#spectrogram.show(event)
    this.#hideTools(false)
  }

  #takeBack(event: ShownEvent): void {
    this.#events.takeBack(event)
    this.#spectrogram.takeBack(event)
    this.#hideTools(this.#events.events.length === 0)
  }

  #forget(): void {
    this.#heard?.hearing.clear()
    this.#events.clear()
    this.#spectrogram.clear()
    this.#hideTools(true)
    this.#events.focus()
  }

  #hideTools(hidden: boolean): void {
    for (const name of ['clear', 'csv', 'json']) partOf(this.#section, name).hidden = hidden
  }
}
