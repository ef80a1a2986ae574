import { type Model, splitFigures } from '../../src/model/index.ts'
import { words } from '../../src/view/index.ts'
import { create } from '../common/index.ts'

/** The model's card: what it is, what it was trained on, how good it is, whom to credit. */
export function showModel(place: HTMLElement, { card, frontend, labels }: Model): void {
  const { channels, hopMs, sampleRate } = frontend
  const features = `It reads ${channels} features every ${hopMs} ms, from sound at ${sampleRate / 1000} kHz.`
  place.replaceChildren(
    create('h3', words(card.name)),
    create('p', card.description),
    create('p', features),
    // Those of single labels stand at the labels.
    ...folded('Results', figures(splitFigures(card, labels).others)),
    ...folded('Training data', lines(card.data)),
    ...folded('Licences', lines(card.licences)),
    ...folded('Credits', lines(card.credits)),
  )
}

function figures(metrics: Record<string, number>): HTMLElement {
  const list = create('dl')
  for (const [name, value] of Object.entries(metrics))
    list.append(create('dt', words(name)), create('dd', String(Number(value.toFixed(3)))))
  return list
}

function lines(texts: readonly string[]): HTMLElement {
  const list = create('ul')
  list.append(...texts.map((text) => create('li', text)))
  return list
}

function folded(title: string, content: HTMLElement): HTMLElement[] {
  if (content.childElementCount === 0) return []
  const details = create('details')
  details.append(create('summary', title), content)
  return [details]
}
