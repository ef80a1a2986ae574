import { describe, expect, test } from 'vitest'
import { preset } from '../../src/frontend/index.ts'
import { panelNames, panels, panelsOf } from '../../src/view/filters/panels/index.ts'
import type { Shape } from '../../src/view/filters/shapes.ts'
import type { Subject } from '../../src/view/filters/subject.ts'
import { lightTheme } from '../../src/view/filters/theme.ts'
import { filteredNames } from '../frontend/filtered.ts'
import { curvesOf, size, subjectOf } from './drawn.ts'
import { learnedOf } from './learned.ts'

const sizes = [size, { width: 280, height: 480 }, { width: 385, height: 250 }]

const numbersOf = (shape: Shape): number[] =>
  'points' in shape ? [...shape.points] : [shape.x, shape.y, 'radius' in shape ? shape.radius : 0]

describe.each(filteredNames)('%s', (name) => {
  const subjects = [-1, 11].map((selected) => subjectOf(learnedOf(name, 0.3), selected, preset(name)))

  test.each(panelNames)('its %s are finite curves, or a sentence', (panel) => {
    for (const subject of subjects) {
      for (const at of sizes) {
        const { layers, note, lamps } = panels[panel].draw(subject, at, lightTheme)
        const shapes = [...layers.flatMap((layer) => layer.shapes), ...lamps]
        for (const shape of shapes) expect(numbersOf(shape).every(Number.isFinite)).toBe(true)
        if (layers.length === 0) expect(note).toMatch(/^[A-Z].*\.$/)
        expect([0, 40]).toContain(lamps.length)
      }
    }
  })
})

test('what has no curve says so', () => {
  const noteOf = (name: Parameters<typeof preset>[0], panel: (typeof panelNames)[number], selected = 3) =>
    panels[panel].draw(subjectOf(preset(name), selected), size, lightTheme)
  expect(noteOf('mel-log', 'impulse').note).toMatch(/no impulse response/)
  expect(noteOf('leaf', 'impulse', -1).note).toMatch(/Choose a filter/)
  expect(noteOf('mel-log', 'pooling').note).toBe(
    'Nothing is pooled: a frame is one power spectrum of 25\u00a0ms.',
  )
  expect(noteOf('sincnet', 'pooling').note).toMatch(/Max pooling has no weights/)
  expect(noteOf('sincnet', 'compression').note).toMatch(/none has a curve of its own/)
  for (const [name, panel] of [
    ['mel-log', 'impulse'],
    ['mel-log', 'pooling'],
    ['sincnet', 'pooling'],
  ] as const)
    expect(noteOf(name, panel).layers).toEqual([])
})

test('each channel can be found at the peak of its response, and by its point', () => {
  const subject = subjectOf(preset('leaf'), -1)
  const responses = panels.responses.draw(subject, { width: 1200, height: 340 }, lightTheme)
  const bandwidths = panels.bandwidths.draw(subject, size, lightTheme)
  responses.lamps.forEach((lamp, channel) => {
    if (lamp.kind !== 'area') throw new Error('a response lights up as an area')
    const heights = lamp.points.filter((_, i) => i % 2 === 1)
    const peak = heights.indexOf(Math.min(...heights))
    // The lowest filters lie closer together than a sample of their responses.
    if (channel > 3) expect(responses.channelAt(lamp.points[2 * peak], heights[peak])).toBe(channel)
  })
  bandwidths.lamps.forEach((lamp, channel) => {
    if (lamp.kind !== 'dot') throw new Error('a bandwidth lights up as a dot')
    expect(bandwidths.channelAt(lamp.x + 1, lamp.y)).toBe(channel)
  })
  expect(responses.channelAt(5, 100)).toBe(-1)
  expect(bandwidths.channelAt(300, 20)).toBe(-1)
})

test('the initial frontend lies beneath, the chosen one’s dashed', () => {
  const lines = (subject: Subject) => curvesOf(panels.responses.draw(subject, size, lightTheme))
  expect(lines(subjectOf(preset('leaf'), -1)).length).toBe(40)
  expect(lines(subjectOf(preset('leaf'), -1, preset('leaf'))).length).toBe(80)
  const chosen = lines(subjectOf(preset('leaf'), 5, preset('leaf')))
  expect(chosen.filter(({ dash }) => dash).length).toBe(1)
  expect(chosen.at(-1)?.width).toBe(2.5)
})

test('an attribute asks for one panel or all', () => {
  expect(panelsOf('impulse')).toEqual(['impulse'])
  for (const all of ['all', 'toString', null]) expect(panelsOf(all)).toEqual(panelNames)
})
