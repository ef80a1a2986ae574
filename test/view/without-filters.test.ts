import { expect, test } from 'vitest'
import { channelFrequencies, frequencyResponses, preset, smoothImpulse } from '../../src/frontend/index.ts'
import { filtersCSV } from '../../src/view/filters/csv.ts'
import { filterCurves, sameSizes } from '../../src/view/filters/curves.ts'
import { panelNames, panels } from '../../src/view/filters/panels/index.ts'
import { sheetOf } from '../../src/view/filters/sheet.ts'
import { sheetSVG } from '../../src/view/filters/svg.ts'
import { lightTheme } from '../../src/view/filters/theme.ts'
import { size, subjectOf } from './drawn.ts'

const samples = preset('samples')
/** As many channels and windows as long, of filters. */
const filters = { ...preset('leaf', { channels: 160 }), windowMs: 10 }

test('a frontend without filters has no frequencies, responses or impulses', () => {
  expect(channelFrequencies(samples)).toHaveLength(0)
  expect(frequencyResponses(samples)).toEqual({ frequencies: new Float64Array(), powers: [] })
  expect(smoothImpulse(samples, 3)).toBeNull()
})

test.each(panelNames)('instead of its %s there is a sentence', (panel) => {
  for (const selected of [-1, 5]) {
    const drawing = panels[panel].draw(subjectOf(samples, selected, samples), size, lightTheme)
    expect(drawing.layers).toEqual([])
    expect(drawing.lamps).toEqual([])
    expect(drawing.note).toMatch(/^There are no filters/)
    expect(drawing.channelAt(100, 100)).toBe(-1)
  }
})

test('its table has no lines, its picture is whole', () => {
  expect(filtersCSV(filterCurves(samples, null), null)).toBe('filter,centerHz,bandwidthHz,poolingMs\n')
  const svg = sheetSVG(sheetOf(panelNames, subjectOf(samples, -1)))
  expect(svg).toContain('There are no filters')
  expect(svg).not.toMatch(/NaN|undefined/)
})

test('filters are never drawn over it, nor taken over from it', () => {
  expect(sameSizes(samples, filters)).toBe(false)
  const after = filterCurves(preset('leaf'), filterCurves(samples, null))
  expect(after).toEqual(filterCurves(preset('leaf'), null))
})
