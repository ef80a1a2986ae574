import { fetchModel, readModel } from '../../src/model/index.ts'
import type { Desk } from '../shell/desk.ts'
import { DeskListener } from '../shell/desk-listener.ts'
import { showProblem } from '../shell/problem.ts'
import type { Screen } from '../shell/screens.ts'
import './listen.css'
import markup from './listen.html?raw'
import { Views } from './views.ts'

const MODEL_ADDRESS = './models/events.safetensors'

/** The Listen screen: see and read what is heard. */
export function open(section: HTMLElement, desk: Desk): Screen {
  section.innerHTML = markup
  const views = new Views(section)
  const model = loadModel(views)
  model.catch(showProblem)
  return new DeskListener(desk, { model, attach: (listener) => views.attach(listener) })
}

async function loadModel(views: Views): Promise<Uint8Array> {
  try {
    const bytes = await fetchModel(new URL(MODEL_ADDRESS, document.baseURI))
    views.prepare(readModel(bytes))
    return bytes
  } catch (error) {
    views.tellDetector('Detector: there is no model')
    throw error
  }
}
