import { expect, test } from 'vitest'
import { type FrontendDescription, preset, reference } from '../../src/frontend/index.ts'
import { filtersCSV } from '../../src/view/filters/csv.ts'
import { filterCurves } from '../../src/view/filters/curves.ts'
import { Glow } from '../../src/view/filters/glow.ts'
import { panelNames } from '../../src/view/filters/panels/index.ts'
import { FrequencyScale } from '../../src/view/filters/scale.ts'
import { withoutCurves } from '../../src/view/filters/shapes.ts'
import { sheetOf } from '../../src/view/filters/sheet.ts'
import { escaped, sheetSVG } from '../../src/view/filters/svg.ts'
import { transfer } from '../../src/view/filters/transfer.ts'
import { filteredNames } from '../frontend/filtered.ts'
import { learnedOf } from './learned.ts'

test.each(filteredNames)('%s: a line a filter, learned and initial', (name) => {
  const csv = filtersCSV(filterCurves(learnedOf(name, 0.3), null), filterCurves(preset(name), null))
  const [header, ...rows] = csv.trimEnd().split('\n')
  const columns = header.split(',')
  expect(columns.slice(0, 4)).toEqual(['filter', 'centerHz', 'bandwidthHz', 'poolingMs'])
  expect(columns).toContain('initialCenterHz')
  expect(columns.includes('initialAlpha')).toBe(preset(name).compression.kind === 'pcen')
  expect(rows.length).toBe(40)
  rows.forEach((row, channel) => {
    const values = row.split(',').map(Number)
    expect(values.length).toBe(columns.length)
    expect(values.every(Number.isFinite)).toBe(true)
    expect(values[0]).toBe(channel + 1)
  })
})

test.each(filteredNames)('%s: an SVG that needs no other file, its tags closed', (name) => {
  const subject = {
    learned: filterCurves(learnedOf(name, 0.3), null),
    initial: filterCurves(preset(name), null),
    beneath: 'initial',
    selected: 12,
    scale: new FrequencyScale('log', 16000),
  }
  const svg = sheetSVG(sheetOf(panelNames, subject))
  const open: string[] = []
  for (const [, closing, tag, alone] of svg.matchAll(/<(\/?)([a-zA-Z]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (closing) expect(open.pop()).toBe(tag)
    else if (!alone) open.push(tag)
  }
  expect(open).toEqual([])
  expect(svg).not.toMatch(/NaN|undefined|href|<style|<script|url\((?!#clip)/)
  expect(svg).toContain('Frequency responses')
})

test('text is escaped', () => {
  expect(escaped(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;')
  const drawing = withoutCurves('5 < 6 & so on')
  const box = { left: 0, top: 0, width: 10, height: 10 }
  const svg = sheetSVG({ width: 10, height: 10, panels: [{ title: '<b>', box, drawing }] })
  expect(svg).toContain('5 &lt; 6 &amp; so on')
  expect(svg).not.toContain('<b>')
})

test('the curve of PCEN is its equation: steady in its own energy, or after a background', () => {
  const { compression } = preset('leaf')
  if (compression.kind !== 'pcen') throw new Error('leaf has PCEN')
  const feature = (energy: number, level: number) =>
    Math.sqrt(energy / (1e-12 + level) ** 0.96 + 2) - Math.SQRT2
  const steady = transfer(compression, 7, 1e-5)
  const onset = transfer(compression, 7, 1e-5, -20)
  steady.decibels.forEach((decibel, i) => {
    const energy = 10 ** (decibel / 10)
    expect(steady.values[i]).toBeCloseTo(feature(energy, energy), 9)
    expect(onset.values[i]).toBeCloseTo(feature(energy, 0.04 * energy + 0.96 * 0.01), 9)
  })
})

test('lamps light up at once, go out by and by, and never leave 0 to 1', () => {
  const glow = new Glow(preset('leaf', { channels: 3 }))
  const frames = [
    [9, 0.2, Number.NaN],
    [0.2, -5, 0.2],
  ]
  const played: number[][] = []
  const source = {
    drain(onFrame: (index: number, time: number, values: number[]) => void) {
      const frame = frames.shift()
      if (frame) onFrame(played.push(frame), 0, frame)
    },
  }
  glow.collect(source)
  expect([...glow.strengths]).toEqual([1, 0, 0])
  expect(glow.fresh).toBe(true)
  glow.collect(source)
  expect(glow.strengths[0]).toBeGreaterThan(0.5)
  expect(glow.strengths[0]).toBeLessThan(1)
})

test.each(filteredNames)('no lamp of %s is lit in silence, whatever its features are', (name) => {
  const frontend = preset(name, { channels: 4 })
  const eager = {
    ...frontend,
    ...(frontend.pooling.kind === 'gaussian' && { pooling: { ...frontend.pooling, bias: [0, 0.1, 1, 0] } }),
    ...(frontend.compression.kind === 'pcen' && {
      compression: { ...frontend.compression, alpha: [0.6, 0.99, 1, 0.9], delta: [0.1, 4, 2, 1] },
    }),
  } as FrontendDescription
  const silent = (described: FrontendDescription) => {
    const { frames, channels, values } = reference(described, new Float64Array(4000))
    const glow = new Glow(described)
    glow.collect({
      drain(onFrame) {
        for (let i = 0; i < frames; i++) onFrame(i, 0, values.subarray(i * channels, (i + 1) * channels))
      },
    })
    return Math.max(...glow.strengths)
  }
  expect(silent(frontend)).toBeLessThan(1e-6)
  expect(silent(eager)).toBeLessThan(1e-6)
})
