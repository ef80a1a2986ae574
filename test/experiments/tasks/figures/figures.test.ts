import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linearAxis, logAxis, nameAxis } from '../../report/axis.ts'
import { Panel } from '../../report/panel.ts'
import { element, text } from '../../report/svg.ts'
import { SYSTEMS } from '../design/names.ts'
import { LEAF_PARAMETERS, runOf, testAt } from '../gather/fixtures/runs.ts'
import { Scoreboard } from '../gather/scoreboard.ts'
import { drawPictures } from './pictures.ts'

const labels = ({ ticks }: { ticks: readonly { label: string }[] }) => ticks.map(({ label }) => label)

describe('axes', () => {
  test('have round values at their ticks', () => {
    expect(labels(linearAxis(0, 100, 5))).toEqual(['0', '20', '40', '60', '80', '100'])
    expect(labels(linearAxis(43.2, 68.1, 5))).toEqual(['45', '50', '55', '60', '65'])
    expect(labels(linearAxis(0.01, 0.13, 4))).toEqual(['0.05', '0.10'])
    expect(labels(linearAxis(0.7, 1.02, 4))).toEqual(['0.7', '0.8', '0.9', '1.0'])
    expect(labels(logAxis(20, 8000, [100, 3000]))).toEqual(['100', '3k'])
  })

  test('run from 0 at the beginning to 1 at the end and stop there', () => {
    const linear = linearAxis(10, 30, 5)
    expect([10, 15, 30, -5, 99].map(linear.at)).toEqual([0, 0.25, 1, 0, 1])
    const log = logAxis(10, 1000, [])
    expect([10, 100, 1000, 0, -4, 9999].map(log.at)).toEqual([0, 0.5, 1, 0, 0, 1])
    const names = nameAxis(['a', 'b'])
    expect([0, 1].map(names.at)).toEqual([0.25, 0.75])
  })

  test('have a few ticks within their ends, whatever these are', () => {
    const ends = fc.tuple(
      fc.double({ min: -1000, max: 1000, noNaN: true }),
      fc.double({ min: 0.01, max: 1000, noNaN: true }),
    )
    fc.assert(
      fc.property(ends, fc.integer({ min: 3, max: 7 }), ([from, length], wanted) => {
        const { ticks } = linearAxis(from, from + length, wanted)
        expect(ticks.length).toBeGreaterThanOrEqual(1)
        expect(ticks.length).toBeLessThanOrEqual(wanted + 1)
        for (const { value, label } of ticks) {
          expect(value).toBeGreaterThan(from - 1e-6 * length)
          expect(value).toBeLessThan(from + length * (1 + 1e-6))
          expect(Math.abs(Number(label) - value)).toBeLessThan(1e-6 * length)
        }
      }),
    )
  })
})

test('a panel puts low values at its foot and to the left', () => {
  const box = { left: 100, top: 50, width: 200, height: 80 }
  const axes = { x: linearAxis(0, 10, 2), y: linearAxis(0, 4, 2), values: { below: true, left: true } }
  const panel = new Panel(box, axes)
  expect([panel.x(0), panel.x(5), panel.x(10)]).toEqual([100, 200, 300])
  expect([panel.y(0), panel.y(1), panel.y(4)]).toEqual([130, 110, 50])
})

test('words cannot break a picture', () => {
  expect(text('a < b & c', [1, 2.34], 'x')).toBe('<text x="1" y="2.3" class="x">a &lt; b &amp; c</text>')
  expect(element('g', { class: '"' })).toBe('<g class="&quot;"/>')
})

describe('pictures', () => {
  const runs = [
    runOf({
      task: 'scenes',
      system: 'leaf',
      test: [testAt(0, 0.5), testAt(-12, 0.4)],
      parameters: LEAF_PARAMETERS,
    }),
    runOf({
      task: 'pitch',
      system: 'leaf',
      test: [testAt(0, 1), testAt(-12, 0)],
      parameters: LEAF_PARAMETERS.map((parameter) => ({ ...parameter, learned: parameter.initial })),
    }),
    runOf({ task: 'pitch', system: 'mel-log', test: [testAt(0, 0.75)] }),
  ]
  const boards = [0, -12].map((gainDb) => new Scoreboard(runs, 'as-heard', gainDb))
  const pictures = drawPictures(runs, boards)

  test.each([...pictures.keys()])('%s is whole and has no number that is none', (name) => {
    const picture = pictures.get(name)!
    expect(picture).not.toMatch(/NaN|undefined|Infinity/)
    const open: string[] = []
    for (const [, isEnd, tag, isEmpty] of picture.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
      if (isEnd) expect(open.pop()).toBe(tag)
      else if (!isEmpty) open.push(tag)
    }
    expect(open).toEqual([])
    expect(picture).toMatch(/^<svg [^>]*role="img"><title>[^<]+<\/title>/)
    expect(picture).toContain('prefers-color-scheme:dark')
  })

  test('have a mark for every mean, every filter and every line', () => {
    const count = (name: string, mark: RegExp) =>
      pictures
        .get(name as 'pcen.svg')!
        .split('</style>')[1]
        .match(mark)?.length
    expect(count('accuracy.svg', /class="dot"/g)).toBe(3)
    expect(count('accuracy.svg', /class="whisker"/g)).toBe(3)
    const specks = pictures.get('filters.svg')!.matchAll(/d="([^"]+)" class="speck"/g)
    expect([...specks].map(([, d]) => d.split('M').length - 1)).toEqual([2, 2])
    // Of four parameters on two tasks each, and in the key.
    expect(count('pcen.svg', /class="curve"/g)).toBe(8 + 1)
    expect(count('pcen.svg', /class="reference"/g)).toBe(8 + 1)
  })

  test('keep gains apart and the key within the picture, however many systems there are', () => {
    const gains = [0, -12, -24]
    const test = gains.map((gainDb) => testAt(gainDb, 0.5))
    const all = SYSTEMS.map((system) => runOf({ task: 'pitch', system, test }))
    const boards = gains.map((gainDb) => new Scoreboard(all, 'as-heard', gainDb))
    const picture = drawPictures(all, boards).get('turned-down.svg')!
    const width = Number(picture.match(/width="(\d+)"/)![1])
    const names = [...picture.matchAll(/<text x="([\d.]+)"[^>]*>([^<]+)</g)].filter(([, , name]) =>
      SYSTEMS.some((system) => system === name),
    )
    expect(names.length).toBe(SYSTEMS.length)
    for (const [, x, name] of names) expect(Number(x) + 6 * name.length).toBeLessThan(width)
    const threads = [...picture.matchAll(/d="([^"]+)" class="thread"/g)]
    const places = threads.map(([, d]) => d.match(/[\d.]+/g)!.map(Number))
    expect(places.length).toBe(SYSTEMS.length)
    gains.slice(1).forEach((_, i) => {
      const [louder, quieter] = [i, i + 1].map((gain) => places.map((place) => place[2 * gain]))
      expect(Math.max(...louder)).toBeLessThan(Math.min(...quieter))
    })
  })

  test('of filters tell how far the median filter went', () => {
    const filters = pictures.get('filters.svg')!
    expect(filters).toContain('↔ 100 %  ↕ 50 %')
    expect(filters).toContain('↔ 0.0 %  ↕ 0.0 %')
  })
})
