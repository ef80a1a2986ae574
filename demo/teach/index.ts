import { readModelInWorker } from '../../src/audio/index.ts'
import { LeafError } from '../../src/error.ts'
import type { ExampleStore } from '../../src/learning/teaching/index.ts'
import { fetchModel } from '../../src/model/index.ts'
import { clearProblem, download, partOf, showProblem } from '../common/index.ts'
import type { Desk, Screen } from '../desk/index.ts'
import { BACKGROUND, ownExamples } from '../examples/index.ts'
import { fileOf, keptModels, type ModelFile, modelIn, nameOfFile } from '../library/index.ts'
import { pack, unpack } from './archive.ts'
import { Board } from './board.ts'
import './teach.css'
import markup from './teach.html?raw'
import { Training } from './training.ts'
import { Trial } from './trial.ts'
import { trySet } from './try-set.ts'

const MODEL_ADDRESS = './models/events.safetensors'

/** The Teach screen: examples of named sounds, a training in this page, and the detector that comes of it. */
export async function open(section: HTMLElement, desk: Desk): Promise<Screen> {
  const base = await fetchModel(new URL(MODEL_ADDRESS, document.baseURI))
  const { frontend } = await readModelInWorker(base)
  const store = await ownExamples(frontend.sampleRate)
  if (store.classes.length === 0) await store.addClass(BACKGROUND[0])
  const kept = await keptModels()
  const last = (['taught', 'opened'] as const)
    .map((origin) => kept.find((one) => one.origin === origin))
    .find(Boolean)
  const bytes = last && (await fileOf(last))
  const read = bytes && (await readModelInWorker(bytes))
  // Not before all of it works.
  section.innerHTML = markup
  const trial = new Trial(section, desk)
  const training = new Training({
    ...{ section, store, base, frontend },
    onTaught: (taught) => trial.useTaught(taught),
  })
  const board = new Board(section, desk, store, (lacking) => {
    training.update(lacking)
    trial.update()
  })
  if (last && bytes && read) trial.use({ bytes, labels: read.labels }, last)
  onLoad(section, store, (model, name) => trial.open(model, name))
  return {
    show: () => trial.show(),
    hide: () => {
      trial.hide()
      board.rest()
    },
  }
}

/** Saves the examples; loads examples or a model. */
function onLoad(
  section: HTMLElement,
  store: ExampleStore,
  takeModel: (model: ModelFile, name: string) => Promise<void>,
): void {
  partOf(section, 'keep').addEventListener('click', () => {
    clearProblem()
    pack(store).then((archive) => download(archive, 'my-sounds.zip'), showProblem)
  })
  const input = partOf<HTMLInputElement>(section, 'file')
  const button = partOf(section, 'fetch')
  const label = button.textContent
  const bundled = partOf<HTMLButtonElement>(section, 'tryWith')
  /** While examples are loaded: the button then stops it. */
  let loading: AbortController | null = null
  button.addEventListener('click', () => {
    if (loading) loading.abort()
    else input.click()
  })
  const load = async (file: File) => {
    if (file.name.endsWith('.safetensors')) return takeModel(await modelIn(file), nameOfFile(file))
    loading = new AbortController()
    const { signal } = loading
    const onProgress = (done: number, all: number) => {
      button.textContent = `Stop loading: ${done} of ${all}`
    }
    try {
      const { known, all } = await unpack(file, store, { signal, onProgress })
      if (known > 0) throw notAddedAgain(file.name, known, all)
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      loading = null
      button.textContent = label
    }
  }
  bundled.addEventListener('click', () => {
    clearProblem()
    bundled.disabled = true
    const loaded = trySet().then(load)
    loaded
      .then(() => partOf(section, 'train').focus(), showProblem)
      .finally(() => {
        bundled.disabled = false
      })
  })
  input.addEventListener('change', () => {
    const file = input.files?.[0]
    input.value = ''
    if (!file) return
    clearProblem()
    load(file).catch(showProblem)
  })
}

function notAddedAgain(name: string, known: number, all: number): LeafError {
  return new LeafError(
    'audio-file',
    `${known} of ${all} examples of ${name} are there already and were not added again.`,
    'Delete those that are there to take them from the file.',
  )
}
