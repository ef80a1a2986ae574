import { openFrames } from '../../src/audio/frames.ts'
import type { Listener } from '../../src/listen.ts'
import { fetchModel, type Model, placesOf, readModel } from '../../src/model/index.ts'
import type { LeafSpectrogram } from '../../src/view/index.ts'
import type { Desk } from '../shell/desk.ts'
import { DeskListener } from '../shell/desk-listener.ts'
import { detectorText } from '../shell/detector.ts'
import { partOf } from '../shell/dom.ts'
import { showProblem } from '../shell/problem.ts'
import type { Screen } from '../shell/screen.ts'
import { HeadCard } from './head-card.ts'
import './tasks.css'
import markup from './tasks.html?raw'

const MODEL_ADDRESS = './models/tasks.safetensors'
/** Frames; room for what comes while the page is in the background. */
const VIEW_CAPACITY = 1024

/** The Tasks screen: one frontend and one network, and what each of its heads answers. */
export function open(section: HTMLElement, desk: Desk): Screen {
  section.innerHTML = markup
  const spectrogram = partOf<LeafSpectrogram>(section, 'spectrogram')
  const detector = partOf(section, 'detector')
  let model: Model
  let cards: readonly HeadCard[] = []
  const bytes = fetchModel(new URL(MODEL_ADDRESS, document.baseURI)).then((file) => {
    model = readModel(file)
    spectrogram.frontend = model.frontend
    cards = cardsOf(model)
    partOf(section, 'heads').replaceChildren(...cards.map(({ element }) => element))
    partOf(section, 'about').textContent = model.card.description
    return file
  })
  bytes.catch(showProblem)

  async function attach(listener: Listener): Promise<void> {
    detector.textContent = 'Detector: getting ready …'
    const places = placesOf(model.heads!)
    listener.addEventListener('scores', ({ detail: { values } }) => {
      for (const [i, { start, end }] of places.entries()) cards[i].show(values.subarray(start, end))
    })
    listener.addEventListener('backend', ({ detail }) => {
      detector.textContent = detectorText(detail)
    })
    listener.addEventListener('error', ({ detail }) => showProblem(detail.error))
    listener.context.addEventListener('statechange', () => {
      if (listener.context.state !== 'running') for (const card of cards) card.clear()
    })
    spectrogram.frames = openFrames(await listener.node.openFrames({ capacity: VIEW_CAPACITY }))
  }
  return new DeskListener(desk, { model: bytes, attach })
}

/** @throws Error for a model without heads: the page ships one with heads */
function cardsOf({ heads, labels, card }: Model): HeadCard[] {
  if (!heads) throw new Error('The tasks model has no heads.')
  return placesOf(heads).map(
    ({ name, start, end }) =>
      new HeadCard(name, labels.slice(start, end), card.metrics[`${name}, test accuracy`]),
  )
}
