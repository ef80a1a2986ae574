import { expect, test } from 'vitest'
import { type FrontendDescription, parseFrontend, preset, smoothImpulse } from '../../src/frontend/index.ts'
import { type PanelName, panels } from '../../src/view/filters/panels/index.ts'
import { channelColors } from '../../src/view/filters/subject.ts'
import { lightTheme } from '../../src/view/filters/theme.ts'
import { transfer } from '../../src/view/filters/transfer.ts'
import { curvesOf, heightsOf, type Line, placesOf, readerOf, size, subjectOf, valuesOf } from './drawn.ts'
import { learnedOf } from './learned.ts'

/** Eight channels, each with a curve of its own. @param first pooling width and delta of the first channel */
function eight(first: number): FrontendDescription {
  const frontend = preset('leaf', { channels: 8 })
  const { compression } = frontend
  if (compression.kind !== 'pcen') throw new Error('leaf has PCEN')
  const rising = (step: number) => Array.from({ length: 8 }, (_, i) => first + i * step)
  return {
    ...frontend,
    pooling: { kind: 'gaussian', width: rising(0.04) },
    compression: { ...compression, delta: rising(0.3) },
  }
}

/** @param tolerance of both, in units of the values */
function expectNear(drawn: readonly number[], values: ArrayLike<number>, tolerance: number): void {
  expect(drawn.length).toBe(values.length)
  drawn.forEach((value, i) => expect(Math.abs(value - values[i])).toBeLessThan(tolerance))
}

test('compression: what each channel makes of energies, a chosen one also after backgrounds and at the beginning', () => {
  const [learned, initial] = [eight(0.2), eight(0.4)]
  const draw = (selected: number) => {
    const subject = subjectOf(learned, selected, initial)
    const drawing = panels.compression.draw(subject, size, lightTheme)
    return { drawing, curves: curvesOf(drawing), colors: channelColors(subject, lightTheme) }
  }
  const all = draw(-1)
  expect(all.curves.length).toBe(8)
  for (let channel = 0; channel < 8; channel++) {
    const line = all.curves.find(({ color }) => color === all.colors[channel])
    const { values } = transfer(learned.compression, channel, learned.energyFloor)
    expectNear(valuesOf(all.drawing, line?.points ?? []), values, 0.01)
  }
  const chosen = draw(5)
  expect(chosen.curves.length).toBe(3 + 1 + 8)
  const backgrounds = [-40, -20, 0].map((background) =>
    transfer(learned.compression, 5, learned.energyFloor, background),
  )
  const before = transfer(initial.compression, 5, learned.energyFloor)
  for (const [i, { values }] of [...backgrounds, before].entries())
    expectNear(valuesOf(chosen.drawing, chosen.curves[i].points), values, 0.05)
  expect(chosen.curves[3].dash).toBeDefined()
  expect(chosen.curves[11]).toMatchObject({ width: 2.5, color: chosen.colors[5] })
})

test.each(['mel-log', 'gammatone'] as const)('compression: %s has one curve for all channels', (name) => {
  const { compression, energyFloor } = preset(name)
  const drawing = panels.compression.draw(subjectOf(preset(name), -1), size, lightTheme)
  const curves = curvesOf(drawing)
  expect(curves.length).toBe(1)
  expectNear(valuesOf(drawing, curves[0].points), transfer(compression, 0, energyFloor).values, 0.01)
})

test('pooling: the weights of each channel over where they began', () => {
  const subject = subjectOf(eight(0.15), 5, eight(0.17))
  const colors = channelColors(subject, lightTheme)
  const drawing = panels.pooling.draw(subject, size, lightTheme)
  const curves = curvesOf(drawing)
  expect(curves.length).toBe(8 + 8 + 1)
  for (let channel = 0; channel < 8; channel++) {
    const line = curves.find(({ color }) => color === colors[channel])
    expectNear(valuesOf(drawing, line?.points ?? []), subject.learned.windows?.[channel] ?? [], 1e-3)
    expectNear(valuesOf(drawing, curves[channel].points), subject.initial?.windows?.[channel] ?? [], 1e-3)
  }
  expect(curves[15].dash).toBeDefined()
  expect(curves[16]).toMatchObject({ width: 2.5, color: colors[5] })
})

test('pooling: learned taps are one window for all', () => {
  const subject = subjectOf(learnedOf('time-domain', 0.3), -1, preset('time-domain'))
  const drawing = panels.pooling.draw(subject, size, lightTheme)
  const curves = curvesOf(drawing)
  expect(curves.length).toBe(2)
  expect(curves[0].dash).toBeDefined()
  expectNear(valuesOf(drawing, curves[1].points), subject.learned.windows?.[0] ?? [], 1e-3)
})

test('what channels share is drawn once, the chosen one’s on top', () => {
  const curves = (panel: PanelName, selected: number, initial?: FrontendDescription) =>
    curvesOf(panels[panel].draw(subjectOf(preset('leaf'), selected, initial), size, lightTheme))
  expect(curves('compression', -1).length).toBe(1)
  expect(curves('pooling', -1).length).toBe(1)
  expect(curves('pooling', -1, preset('leaf')).length).toBe(2)
  const [color] = channelColors(subjectOf(preset('leaf'), 0), lightTheme)
  for (const panel of ['compression', 'pooling'] as const)
    expect(curves(panel, 0).at(-1)).toMatchObject({ width: 2.5, color })
})

test.each([
  ['leaf', ['muted', 'muted', 'muted', 'own']],
  ['sincnet-plus', ['muted', 'muted', 'own']],
] as const)('impulse: the response of a chosen %s filter in its envelope', (name, expected) => {
  const subject = subjectOf(learnedOf(name, 0.3), 20)
  const drawing = panels.impulse.draw(subject, size, lightTheme)
  const curves = curvesOf(drawing)
  const own = channelColors(subject, lightTheme)[20]
  expect(curves.map(({ color }) => color)).toEqual(
    expected.map((color) => (color === 'own' ? own : lightTheme.muted)),
  )
  const response = smoothImpulse(subject.learned.frontend, 20)
  if (!response) throw new Error('the filter has a response')
  const { times, envelope, imaginary, real } = response
  const step = times[1] - times[0]
  const zero = drawing.layers[0].shapes.find((shape) => shape.kind === 'text' && shape.align === 'right')
  if (zero?.kind !== 'text') throw new Error('zero is labelled')
  const unit = Math.max(...envelope) / (zero.y - Math.min(...heightsOf(curves[0].points)))
  const drawn = [envelope, envelope.map((value) => -value), ...(imaginary ? [imaginary] : []), real]
  for (const [i, { points }] of curves.entries()) {
    const indices = placesOf(points)
      .map(readerOf(drawing, 'x'))
      .map((time) => Math.round((time - times[0]) / step))
    expect(indices.length).toBeGreaterThan(100)
    const values = indices.map((index) => drawn[i][index])
    expectNear(
      heightsOf(points).map((y) => (zero.y - y) * unit),
      values,
      0.02 * unit,
    )
  }
})

test('impulse: where the chosen filter began is its envelope, dashed', () => {
  const subject = subjectOf(learnedOf('leaf', 0.3), 20, preset('leaf'))
  const curves = curvesOf(panels.impulse.draw(subject, size, lightTheme))
  expect(curves.map(({ dash }) => dash !== undefined)).toEqual([true, false, true, false, false, false])
})

test('impulse: the longest window that a frontend may have', () => {
  const frontend = parseFrontend({ ...preset('leaf'), windowMs: 1000 })
  expect(curvesOf(panels.impulse.draw(subjectOf(frontend, 20, frontend), size, lightTheme)).length).toBe(6)
})

test('bandwidths: a dot a channel, a ring where it began and a line between; two dotted references', () => {
  const subject = subjectOf(learnedOf('leaf', 0.3), -1, preset('leaf'))
  const drawing = panels.bandwidths.draw(subject, size, lightTheme)
  expect(curvesOf(drawing).map(({ dash }) => dash)).toEqual([
    [2, 4],
    [2, 4],
  ])
  const { shapes } = drawing.layers[1]
  const dots = shapes.filter((shape) => shape.kind === 'dot')
  const [full, rings] = [dots.filter(({ hollow }) => !hollow), dots.filter(({ hollow }) => hollow)]
  expect(full.length).toBe(40)
  expect(rings.length).toBe(40)
  const colors = channelColors(subject, lightTheme)
  full.forEach(({ x, y, color }, i) => {
    expect(drawing.lamps[colors.indexOf(color)]).toMatchObject({ x, y })
    const line = shapes.find((shape) => shape.kind === 'line' && shape.points[2] === x)
    expect(line).toMatchObject({ points: [rings[i].x, rings[i].y, x, y] })
  })
})

test.each([
  ['in two columns', { width: 830, height: 480 }, 60],
  ['one below the other, in a narrow panel', { width: 385, height: 760 }, 60],
  ['one below the other, on a phone', { width: 280, height: 760 }, 60],
])('lists: each is readable %s', (_, at, least) => {
  const [learned, initial] = [learnedOf('leaf', 0.3), preset('leaf')]
  const subject = subjectOf(learned, -1, initial)
  const shapes = panels.lists.draw(subject, at, lightTheme).layers.flatMap((layer) => layer.shapes)
  const edges = shapes.filter((shape) => shape.kind === 'line' && shape.color === lightTheme.line) as Line[]
  const names = ['centre, Hz', 'bandwidth, Hz', 'pooling, ms', 'alpha', 'delta', 'root', 'smooth, ms']
  expect(edges.length).toBe(2 * names.length)
  const texts = shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []))
  expect(texts.filter((text) => names.includes(text))).toEqual(names)
  for (let strip = 0; strip < names.length; strip++) {
    const [left, bottom, , top] = [...edges[2 * strip].points.slice(0, 3), edges[2 * strip + 1].points[1]]
    expect(bottom - top).toBeGreaterThan(least)
    const isWithin = (x: number, y: number) =>
      y <= bottom && y >= top && x >= left && x <= edges[2 * strip].points[2]
    const dots = shapes.filter((shape) => shape.kind === 'dot' && isWithin(shape.x, shape.y))
    expect(dots.length).toBe(40)
    const before = shapes.filter(
      (shape) =>
        shape.kind === 'line' && shape.points.length === 80 && isWithin(shape.points[0], shape.points[1]),
    )
    expect(before.length).toBe(1)
  }
})

test('lists: a weight of PCEN’s average is told as its time constant', () => {
  const { compression, ...rest } = preset('leaf')
  if (compression.kind !== 'pcen') throw new Error('leaf has PCEN')
  // 10 ms from frame to frame: −10 / ln(1 − w).
  const smooth = compression.smooth.map((_, i) => 1 - Math.exp(-10 / (i < 39 ? 200 : 400)))
  const subject = subjectOf({ ...rest, compression: { ...compression, smooth } }, 39)
  const shapes = panels.lists
    .draw(subject, { width: 830, height: 480 }, lightTheme)
    .layers.flatMap((layer) => layer.shapes)
  const texts = shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []))
  const place = texts.indexOf('smooth, ms')
  expect(texts.slice(place, place + 2)).toEqual(['smooth, ms', '400'])
})

test('heat: a row a filter, the lowest at the bottom, brightest at its centre; initial beside learned', () => {
  const subject = subjectOf(preset('leaf'), -1, learnedOf('leaf', 0.3))
  const at = { width: 1200, height: 320 }
  const drawing = panels.heat.draw(subject, at, lightTheme)
  expect(drawing.layers.length).toBe(4)
  const { clip, shapes } = drawing.layers[3]
  if (!clip) throw new Error('a map is cut off at its box')
  const { rising, centers } = subject.learned
  const cells = shapes.flatMap((shape) => (shape.kind === 'area' ? [shape] : []))
  for (const [rank, channel] of rising.entries()) {
    const y = clip.top + clip.height * (1 - (rank + 0.5) / rising.length)
    const x = clip.left + subject.scale.share(centers[channel]) * clip.width
    // Of cells that lie upon one another the last one is seen.
    const seen = cells.findLast(
      ({ points: [left, top, right, , , bottom] }) => x >= left && x <= right && y >= top && y <= bottom,
    )
    expect(seen?.color).toBe('#fcfdbf')
    expect(drawing.channelAt(x, y)).toBe(channel)
  }
})
