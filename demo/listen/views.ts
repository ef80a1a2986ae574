import type { Listener } from '../../src/listen.ts'
import type { Model } from '../../src/model/index.ts'
import type {
  LeafEvents,
  LeafMeter,
  LeafSpectrogram,
  MovedThreshold,
  ShownEvent,
} from '../../src/view/index.ts'
import { download, partOf, showProblem } from '../common/index.ts'
import { liveFrames, ScoreBars, showListener } from '../desk/index.ts'
import { showModel } from './model-card.ts'

/** Below this width ten seconds are too many to see anything. */
const NARROW = '(max-width: 520px)'

/** Everything that shows what is heard. */
export class Views {
  readonly #section: HTMLElement
  readonly #spectrogram: LeafSpectrogram
  readonly #events: LeafEvents
  readonly #meter: LeafMeter
  #scores: ScoreBars
  /** The one whose thresholds are moved. */
  #listener: Listener | null = null

  constructor(section: HTMLElement) {
    this.#section = section
    this.#spectrogram = partOf(section, 'spectrogram')
    this.#events = partOf(section, 'events')
    this.#meter = partOf(section, 'meter')
    this.#scores = new ScoreBars(partOf(section, 'scores'), [])
    if (matchMedia(NARROW).matches) this.#spectrogram.setAttribute('seconds', '6')
    partOf(section, 'clear').addEventListener('click', () => this.#forget())
    const save = (name: string, text: () => string) =>
      partOf(section, name).addEventListener('click', () => download(new Blob([text()]), `events.${name}`))
    save('csv', () => this.#events.toCSV())
    save('json', () => this.#events.toJSON())
    this.#events.addEventListener('threshold', (event) => {
      const { label, value, head } = (event as CustomEvent<MovedThreshold>).detail
      this.#listener?.setThreshold(label, value, head).catch(showProblem)
    })
    const explain = partOf(section, 'explain')
    explain.addEventListener('click', () => {
      explain.setAttribute('aria-pressed', String(this.#meter.toggleAttribute('explain')))
    })
  }

  /** Shows what there is before any sound: the axis, the classes, the card. */
  prepare(model: Model): void {
    this.#spectrogram.frontend = model.frontend
    this.#events.thresholds = null
    this.#events.clear()
    this.#hideTools(true)
    this.#scores = new ScoreBars(partOf(this.#section, 'scores'), model.labels)
    showModel(partOf(this.#section, 'model'), model)
  }

  /** Where the detector runs, or what keeps it. */
  tellDetector(text: string): void {
    partOf(this.#section, 'detector').textContent = text
  }

  /** Shows what a listener hears from now on. */
  async attach(listener: Listener, disposed: AbortSignal): Promise<void> {
    const [scores, events, detector] = [this.#scores, this.#events, partOf(this.#section, 'detector')]
    showListener(listener, { scores, events, detector }, disposed)
    listener.addEventListener('scores', ({ detail }) => events.showScores(detail.center, detail.values))
    listener.addEventListener('onset', ({ detail }) => this.#show(detail))
    listener.addEventListener('event', ({ detail }) => this.#show(detail))
    this.#events.labels = listener.labels
    this.#events.thresholds = listener.thresholds
    this.#listener = listener
    this.#spectrogram.frames = await liveFrames(listener.node)
    this.#meter.source = listener
  }

  /** What was shown until now, the newest events last. */
  get events(): readonly ShownEvent[] {
    return this.#events.events
  }

  #show(event: ShownEvent): void {
    this.#spectrogram.show(event)
    this.#hideTools(false)
  }

  #forget(): void {
    this.#events.clear()
    this.#spectrogram.clear()
    this.#hideTools(true)
    this.#events.focus()
  }

  #hideTools(hidden: boolean): void {
    for (const name of ['clear', 'csv', 'json']) partOf(this.#section, name).hidden = hidden
  }
}
