import { openFrames } from '../../src/audio/frames.ts'
import type { Listener } from '../../src/listen.ts'
import type { Model } from '../../src/model/index.ts'
import type { LeafEvents, LeafMeter, LeafSpectrogram, ShownEvent } from '../../src/view/index.ts'
import { byId } from '../dom.ts'
import { detectorText } from './detector.ts'
import { showModel } from './model-card.ts'
import { showProblem } from './problem.ts'
import { ScoreBars } from './scores.ts'
import { showDetector } from './status.ts'

const METER_PERIOD_MS = 500
/** Frames; room for what comes while the page is in the background. */
const VIEW_CAPACITY = 1024
/** Below this width ten seconds are too many to see anything. */
const NARROW = '(max-width: 520px)'

/** Everything that shows what is heard. */
export class Views {
  readonly #spectrogram = byId<LeafSpectrogram>('spectrogram')
  readonly #events = byId<LeafEvents>('events')
  readonly #meter = byId<LeafMeter>('meter')
  readonly #clear = byId('clear')
  #scores = new ScoreBars([])

  constructor() {
    if (matchMedia(NARROW).matches) this.#spectrogram.setAttribute('seconds', '6')
    this.#clear.addEventListener('click', () => this.#forget())
    const explain = byId('explain')
    explain.addEventListener('click', () => {
      explain.setAttribute('aria-pressed', String(this.#meter.toggleAttribute('explain')))
    })
  }

  /** Shows what there is before any sound: the axis, the classes, the card. */
  prepare(model: Model): void {
    this.#spectrogram.frontend = model.frontend
    this.#scores = new ScoreBars(model.labels)
    showModel(model)
  }

  /** Shows what a listener hears from now on. */
  async attach(listener: Listener): Promise<void> {
    listener.addEventListener('onset', ({ detail }) => this.#show(detail))
    listener.addEventListener('event', ({ detail }) => this.#show(detail))
    listener.addEventListener('scores', ({ detail }) => this.#scores.show(detail.values))
    listener.addEventListener('backend', ({ detail }) => showDetector(detectorText(detail)))
    listener.addEventListener('restart', ({ detail }) =>
      showDetector(`Detector starts again: ${detail.reason}`),
    )
    listener.addEventListener('error', ({ detail }) => {
      showDetector('Detector stopped')
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
