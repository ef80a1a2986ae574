import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellText, csvCell, formulaFreeJSON } from '../src/csv.ts'
import { nameKey } from '../src/events/index.ts'
import { eventsCSV, eventsJSON } from '../src/view/events-text.ts'

const HOSTILE = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1',
  '\u3000@x',
  '\ufeff\u200b+1',
  '\u00ad-1',
  '＝1',
  "'=1",
  "'",
  '=HYPERLINK("http://a","b")',
  'a,"b"\nc',
]

const texts = fc.oneof(
  fc.string(),
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: fc.constantFrom(...'=+-@\'",a \n\t\u200b') }),
)

test('any text comes back from its cell, and begins no formula in it', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const [[cell]] = parse(`${csvCell(text)},x\n`, {
        relax_quotes: false,
        record_delimiter: '\n',
      }) as string[][]
      expect(cell).not.toMatch(/^([\t\r\n]|[\s\u00ad\u200b\ufeff]*[=+\-@＝＋－＠])/)
      expect(cellText(cell)).toBe(text)
    }),
  )
})

test('cells of other programs stay as they are', () => {
  for (const cell of ['dog', "'tis", '', "o'clock", '5']) expect(cellText(cell)).toBe(cell)
})

test('JSON parses to the same, and no text in it begins a formula', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ label: texts, start: fc.integer() })), (events) => {
      const text = formulaFreeJSON(events)
      expect(JSON.parse(text)).toEqual(events)
      expect(text).not.toMatch(/^ *"label": "[=+\-@＝＋－＠]/m)
    }),
  )
})

test('exports of events hold labels and heads that are no formulas', () => {
  const events = HOSTILE.map((label) => ({ head: label, label, start: -0.5, end: 1, confidence: 0.5 }))
  const rows = parse(eventsCSV(events), { columns: true, record_delimiter: '\n' }) as Record<string, string>[]
  expect(rows.map(({ head }) => cellText(head))).toEqual(HOSTILE)
  for (const { head, label, start } of rows) {
    expect(head + label).not.toMatch(/^[=+\-@\t\r＝]/)
    expect(start).toBe('-0.5')
  }
  expect(JSON.parse(eventsJSON(events))).toEqual(events)
})

test('names that people take for one have one key', () => {
  const same = [
    ['caf\u00e9', 'cafe\u0301'],
    ['dog', 'DOG'],
    ['do\u200bg', 'dog'],
    ['\ufeffdog', 'dog'],
    ['\u2066dog\u2069', 'dog'],
    ['d\u2063og\u034f', 'dog'],
    ['\u2764\ufe0f', '\u2764'],
    ['stra\u00dfe', 'STRASSE'],
    ['\u03bf\u03b4\u03cc\u03c2', '\u039f\u0394\u038c\u03a3'],
    ['\u212bngstr\u00f6m', '\u00c5ngstr\u00f6m'],
  ]
  for (const [one, other] of same) expect(nameKey(one)).toBe(nameKey(other))
  const apart = ['dog', 'd og', 'dogs', 'd\u00f6g', '\u72ac', '']
  expect(new Set(apart.map(nameKey)).size).toBe(apart.length)
})
