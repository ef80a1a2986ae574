import type { ExampleStore } from '../../src/learning/teaching/index.ts'
import { fetchModel, readModel } from '../../src/model/index.ts'
import { clearProblem, download, partOf, showProblem } from '../common/index.ts'
import type { Desk, Screen } from '../desk/index.ts'
import { BACKGROUND, keptModel, ownExamples } from '../examples/index.ts'
import { pack, unpack } from './archive.ts'
import { Board } from './board.ts'
import './teach.css'
import markup from './teach.html?raw'
import { Training } from './training.ts'
import { Trial } from './trial.ts'

const MODEL_ADDRESS = './models/events.safetensors'

/** The Teach screen: examples of named sounds, a training in this page, and the detector that comes of it. */
export async function open(section: HTMLElement, desk: Desk): Promise<Screen> {
  const base = await fetchModel(new URL(MODEL_ADDRESS, document.baseURI))
  const { frontend } = readModel(base)
  const store = await ownExamples(frontend.sampleRate)
  if (store.classes.length === 0) await store.addClass(BACKGROUND[0])
  const kept = await keptModel('taught')
  // Not before all of it works.
  section.innerHTML = markup
  const trial = new Trial(section, desk)
  const training = new Training({
    ...{ section, store, base, frontend },
    onTaught: (taught) => trial.use(taught.model, taught),
  })
  const board = new Board(section, desk, store, (lacking) => training.update(lacking))
  if (kept) trial.use(kept)
  onLoad(section, store, (model) => trial.use(model))
  return {
    show: () => trial.show(),
    hide: () => {
      trial.hide()
      board.rest()
    },
  }
}

/** Saves the examples; loads examples or a model. */
function onLoad(section: HTMLElement, store: ExampleStore, useModel: (model: Uint8Array) => void): void {
  partOf(section, 'keep').addEventListener('click', () => {
    pack(store).then((archive) => download(archive, 'my-sounds.zip'), showProblem)
  })
  const input = partOf<HTMLInputElement>(section, 'file')
  partOf(section, 'fetch').addEventListener('click', () => input.click())
  input.addEventListener('change', () => {
    const file = input.files?.[0]
    input.value = ''
    if (!file) return
    const loading = file.name.endsWith('.safetensors')
      ? file.arrayBuffer().then((bytes) => useModel(new Uint8Array(bytes)))
      : unpack(file, store)
    loading.then(clearProblem, showProblem)
  })
}
