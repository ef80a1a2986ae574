import type { Listener } from '../../src/listen.ts'
import { fetchModel, type Model, placesOf, readModel } from '../../src/model/index.ts'
import type { LeafSpectrogram } from '../../src/view/index.ts'
import { once, partOf, showProblem } from '../common/index.ts'
import { type Desk, DeskListener, liveFrames, type Screen, showListener } from '../desk/index.ts'
import { HeadCard } from './head-card.ts'
import './tasks.css'
import markup from './tasks.html?raw'

const MODEL_ADDRESS = './models/tasks.safetensors'

/** The Tasks screen: one frontend and one network, and what each of its heads answers. */
export function open(section: HTMLElement, desk: Desk): Screen {
  section.innerHTML = markup
  const spectrogram = partOf<LeafSpectrogram>(section, 'spectrogram')
  let model: Model
  let cards: readonly HeadCard[] = []
  const load = once(async () => {
    const file = await fetchModel(new URL(MODEL_ADDRESS, document.baseURI))
    model = readModel(file)
    spectrogram.frontend = model.frontend
    cards = cardsOf(model)
    partOf(section, 'heads').replaceChildren(...cards.map(({ element }) => element))
    partOf(section, 'about').textContent = model.card.description
    return file
  })
  load().catch(showProblem)

  async function attach(listener: Listener, disposed: AbortSignal): Promise<void> {
    const places = placesOf(model.heads!)
    const scores = {
      show(values: Float32Array) {
        for (const [i, { start, end }] of places.entries()) cards[i].show(values.subarray(start, end))
      },
      clear() {
        for (const card of cards) card.clear()
      },
    }
    showListener(listener, { scores, detector: partOf(section, 'detector') }, disposed)
    spectrogram.frames = await liveFrames(listener.node)
  }
  return new DeskListener(desk, { model: load, attach })
}

/** @throws Error for a model without heads: the page ships one with heads */
function cardsOf({ heads, labels, card }: Model): HeadCard[] {
  if (!heads) throw new Error('The tasks model has no heads.')
  return placesOf(heads).map(
    ({ name, start, end }) =>
      new HeadCard(name, labels.slice(start, end), card.metrics[`${name}, test accuracy`]),
  )
}
