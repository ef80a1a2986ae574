// In a unit test's DOM the elements are made, keep what they are given, show their content and are taken away again.
import assert from 'node:assert/strict'
import { preset } from 'leaf-worklet'

/** @param window of the DOM, whose classes are the global ones by now */
export async function tryElements(window) {
  await import('leaf-worklet/view')
  const { document } = window
  for (const name of ['leaf-spectrogram', 'leaf-filters', 'leaf-events', 'leaf-meter']) {
    const element = document.createElement(name)
    assert.equal(element.constructor, window.customElements.get(name), name)
    element.append(`content of ${name}`)
    document.body.append(element)
    assert.match(document.body.textContent, new RegExp(`content of ${name}`))
  }
  const filters = document.querySelector('leaf-filters')
  filters.frontend = preset('leaf')
  assert.deepEqual(filters.frontend, preset('leaf'))
  const events = document.querySelector('leaf-events')
  events.thresholds = { speech: 0.5 }
  events.show({ label: 'speech', start: 1, confidence: 0.9 })
  events.show({ label: 'speech', start: 1, end: 2, confidence: 0.9 })
  assert.deepEqual(events.thresholds, { speech: 0.5 })
  assert.equal(events.events.length, 1)
  document.body.replaceChildren()
}
