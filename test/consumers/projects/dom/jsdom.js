import { JSDOM } from 'jsdom'
import { tryElements } from './elements.js'

const { window } = new JSDOM('<!doctype html><body></body>', {
  pretendToBeVisual: true,
  url: 'http://localhost/',
})
// As the environments of test runners make them global.
const names = Object.getOwnPropertyNames(window).filter((name) => !(name in globalThis))
for (const name of names) globalThis[name] = window[name]
await tryElements(window)
