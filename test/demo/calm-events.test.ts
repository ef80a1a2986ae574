import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { CalmEvents } from '../../demo/listen/calm-events.ts'
import { eventName, surestEvents } from '../../demo/listen/surest.ts'
import type { ShownEvent } from '../../src/view/index.ts'

const event = (label: string, start: number, end: number | undefined, confidence: number): ShownEvent =>
  end === undefined ? { label, start, confidence } : { label, start, end, confidence }
const labels = (events: readonly ShownEvent[]) => events.map(({ label }) => label)

describe('the surest of what sounds at once', () => {
  it('leaves out a weaker name for the same time, and keeps what is equally sure or sounds longer', () => {
    const bird = event('bird', 1, 2, 0.9)
    expect(labels(surestEvents([bird, event('door', 1.2, 2.2, 0.6)], 3))).toEqual(['bird'])
    expect(labels(surestEvents([bird, event('door', 1.2, 2.2, 0.9)], 3))).toEqual(['bird', 'door'])
    expect(labels(surestEvents([bird, event('water', 0, 5, 0.6)], 5))).toEqual(['bird', 'water'])
    expect(labels(surestEvents([bird, event('door', 2, 3, 0.6)], 3))).toEqual(['bird', 'door'])
    expect(
      labels(
        surestEvents(
          [
            { ...bird, head: 'a' },
            { ...bird, head: 'b', confidence: 0.6 },
          ],
          3,
        ),
      ),
    ).toEqual(['bird', 'bird'])
  })

  it('always keeps the surest, and of what it leaves out something surer is kept or left out for it', () => {
    const drawn = fc.record({
      label: fc.constantFrom('bird', 'door', 'music'),
      start: fc.double({ min: 0, max: 9, noNaN: true }),
      length: fc.double({ min: 0.1, max: 5, noNaN: true }),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 1, maxLength: 12 }), (all) => {
        const events = all.map(({ length, ...rest }) => ({ ...rest, end: rest.start + length }))
        const kept = surestEvents(events, 20)
        const most = Math.max(...events.map(({ confidence }) => confidence))
        expect(kept.some(({ confidence }) => confidence === most)).toBe(true)
        for (const one of events) {
          if (kept.includes(one)) continue
          const surer = events.filter(
            (other) => other.confidence > one.confidence && other.start < one.end && other.end > one.start,
          )
          expect(surer.length).toBeGreaterThan(0)
        }
      }),
    )
  })
})

describe('calm events', () => {
  let shown: Map<string, ShownEvent>
  let calm: CalmEvents
  const heard = () => labels([...shown.values()])

  beforeEach(() => {
    shown = new Map()
    calm = new CalmEvents({
      show: (one) => shown.set(eventName(one), one),
      takeBack: (one) => shown.delete(eventName(one)),
      admits: ({ label }) => label !== 'impact',
    })
  })

  it('take back a name when another becomes surer of the same time, and end what is shown', () => {
    calm.put(event('door', 1, undefined, 0.6), 1.3)
    expect(heard()).toEqual(['door'])
    calm.put(event('clap', 1.1, undefined, 0.5), 1.5)
    expect(heard()).toEqual(['door'])
    calm.hear(1.7, ({ label }) => (label === 'clap' ? 0.95 : 0.6))
    expect(heard()).toEqual(['clap'])
    expect(labels(calm.running)).toEqual(['clap'])
    calm.put(event('clap', 1.1, 2, 0.95), 2.1)
    calm.put(event('door', 1, 2, 0.6), 2.1)
    expect([...shown.values()]).toEqual([event('clap', 1.1, 2, 0.95)])
  })

  it('show what outlives a surer sound, and nothing late that is over', () => {
    calm.put(event('clap', 1, undefined, 0.95), 1.3)
    calm.put(event('music', 1, undefined, 0.6), 1.3)
    calm.put(event('clap', 1, 1.5, 0.95), 1.6)
    expect(heard()).toEqual(['clap'])
    calm.hear(4, () => 0)
    expect(heard()).toEqual(['clap', 'music'])
  })

  it('refuse an event from its beginning to its end, and admit the next anew', () => {
    calm.put(event('impact', 1, undefined, 0.9), 1.3)
    calm.put(event('impact', 1, 2, 0.9), 2)
    expect(heard()).toEqual([])
    expect(calm.running).toEqual([])
  })
})
