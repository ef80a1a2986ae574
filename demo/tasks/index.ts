import { readModelInWorker } from '../../src/audio/index.ts'
import type { Listener } from '../../src/listen.ts'
import { fetchModel, type Model, placesOf } from '../../src/model/index.ts'
import type { LeafSpectrogram } from '../../src/view/index.ts'
import { clearProblem, once, partOf, showProblem } from '../common/index.ts'
import { type Desk, DeskListener, liveFrames, type Screen, showListener } from '../desk/index.ts'
import { type ClipName, clipOf, clipTitles } from './clips.ts'
import { HeadCard } from './head-card.ts'
import { KindsHeard } from './kinds-heard.ts'
import './tasks.css'
import markup from './tasks.html?raw'

const MODEL_ADDRESS = './models/tasks.safetensors'
/** The model that says which questions apply. */
const EVENTS_ADDRESS = './models/events.safetensors'

/** The Tasks screen: one frontend and one network, and what each of its heads answers. */
export function open(section: HTMLElement, desk: Desk): Screen {
  section.innerHTML = markup
  const spectrogram = partOf<LeafSpectrogram>(section, 'spectrogram')
  let model: Model
  let cards: readonly HeadCard[] = []
  const load = once(async () => {
    const file = await fetchModel(new URL(MODEL_ADDRESS, document.baseURI))
    model = await readModelInWorker(file)
    spectrogram.frontend = model.frontend
    cards = cardsOf(model, (name) => {
      clearProblem()
      // On a slow machine a short clip would be over before anybody hears it.
      const warm = listeners.map((one) => one.warm())
      Promise.all([clipOf(name), ...warm]).then(([sound]) => desk.play(sound, clipTitles[name]), showProblem)
    })
    partOf(section, 'heads').replaceChildren(...cards.map(({ element }) => element))
    partOf(section, 'about').textContent = model.card.description
    return file
  })
  load().catch(showProblem)

  /** What is heard, as the events model says; nothing until it listens. */
  let kinds: KindsHeard | null = null
  const clear = () => {
    kinds?.clear()
    for (const card of cards) card.clear()
  }

  async function attach(listener: Listener, disposed: AbortSignal): Promise<void> {
    const places = placesOf(model.heads!)
    const show = (values: Float32Array) => {
      for (const [i, { start, end }] of places.entries()) {
        const card = cards[i]
        if (!card.kind || kinds?.has(card.kind)) card.show(values.subarray(start, end))
        else card.clear()
      }
    }
    showListener(listener, { scores: { show, clear }, detector: partOf(section, 'detector') }, disposed)
    spectrogram.frames = await liveFrames(listener.node)
  }

  function attachEvents(listener: Listener, disposed: AbortSignal): void {
    const heard = new KindsHeard(listener.model)
    kinds = heard
    listener.addEventListener('scores', ({ detail }) => heard.add(detail.center, detail.values))
    // What it hears is shown by the questions that it opens.
    showListener(listener, { scores: { show() {}, clear } }, disposed)
  }

  const loadEvents = once(() => fetchModel(new URL(EVENTS_ADDRESS, document.baseURI)))
  const listeners = [
    new DeskListener(desk, { model: loadEvents, attach: attachEvents }),
    new DeskListener(desk, { frontend: 'tasks', model: load, attach }),
  ]
  return {
    show: () => listeners.forEach((one) => one.show()),
    hide: () => listeners.forEach((one) => one.hide()),
  }
}

/** @throws Error for a model without heads: the page ships one with heads */
function cardsOf({ heads, labels, card }: Model, play: (clip: ClipName) => void): HeadCard[] {
  if (!heads) throw new Error('The tasks model has no heads.')
  return placesOf(heads).map(
    ({ name, start, end }) =>
      new HeadCard(name, labels.slice(start, end), card.metrics[`${name}, test accuracy`], play),
  )
}
