import { openFrames } from '../../src/audio/frames.ts'
import type { Listener } from '../../src/listen.ts'
import type { Model } from '../../src/model/index.ts'
import type { LeafEvents, LeafMeter, LeafSpectrogram, ShownEvent } from '../../src/view/index.ts'
import { detectorText } from '../shell/detector.ts'
import { partOf } from '../shell/dom.ts'
import { showProblem } from '../shell/problem.ts'
import { showModel } from './model-card.ts'
import { ScoreBars } from './scores.ts'

const METER_PERIOD_MS = 500
/** Frames; room for what comes while the page is in the background. */
const VIEW_CAPACITY = 1024
/** Below this width ten seconds are too many to see anything. */
const NARROW = '(max-width: 520px)'

/** Everything that shows what is heard. */
export class Views {
  readonly #section: HTMLElement
  readonly #spectrogram: LeafSpectrogram
  readonly #events: LeafEvents
  readonly #meter: LeafMeter
  readonly #clear: HTMLElement
  #scores: ScoreBars

  constructor(section: HTMLElement) {
    this.#section = section
    this.#spectrogram = partOf(section, 'spectrogram')
    this.#events = partOf(section, 'events')
    this.#meter = partOf(section, 'meter')
    this.#clear = partOf(section, 'clear')
    this.#scores = new ScoreBars(partOf(section, 'scores'), [])
    if (matchMedia(NARROW).matches) this.#spectrogram.setAttribute('seconds', '6')
    this.#clear.addEventListener('click', () => this.#forget())
    const explain = partOf(section, 'explain')
    explain.addEventListener('click', () => {
      explain.setAttribute('aria-pressed', String(this.#meter.toggleAttribute('explain')))
    })
  }

  /** Shows what there is before any sound: the axis, the classes, the card. */
  prepare(model: Model): void {
    this.#spectrogram.frontend = model.frontend
    this.#scores = new ScoreBars(partOf(this.#section, 'scores'), model.labels)
    showModel(partOf(this.#section, 'model'), model)
  }

  /** Where the detector runs, or what keeps it. */
  tellDetector(text: string): void {
    partOf(this.#section, 'detector').textContent = text
  }

  /** Shows what a listener hears from now on. */
  async attach(listener: Listener): Promise<void> {
    this.tellDetector('Detector: getting ready …')
    listener.addEventListener('onset', ({ detail }) => this.#show(detail))
    listener.addEventListener('event', ({ detail }) => this.#show(detail))
    listener.addEventListener('scores', ({ detail }) => this.#scores.show(detail.values))
    listener.addEventListener('backend', ({ detail }) => this.tellDetector(detectorText(detail)))
    listener.addEventListener('restart', ({ detail }) =>
      this.tellDetector(`Detector starts again: ${detail.reason}`),
    )
    listener.addEventListener('error', ({ detail }) => {
      this.tellDetector('Detector stopped')
      showProblem(detail.error)
    })
    listener.context.addEventListener('statechange', () => {
      if (listener.context.state !== 'running') this.#scores.clear()
    })
    this.#events.clock = () => listener.context.currentTime
    this.#spectrogram.frames = openFrames(await listener.node.openFrames({ capacity: VIEW_CAPACITY }))
    setInterval(() => this.#measure(listener), METER_PERIOD_MS)
  }

  async #measure(listener: Listener): Promise<void> {
    if (document.visibilityState === 'visible' && listener.context.state === 'running')
      this.#meter.metrics = await listener.metrics()
  }

  #show(event: ShownEvent): void {
    this.#events.show(event)
    this.#spectrogram.show(event)
    this.#clear.hidden = false
  }

  #forget(): void {
    this.#events.clear()
    this.#spectrogram.clear()
    this.#clear.hidden = true
    this.#events.focus()
  }
}
