import { afterEach, expect, it, vi } from 'vitest'
import { Announcer } from '../../demo/listen/announcer.ts'
import { thresholdsFrom } from '../../demo/listen/ease.ts'
import { PresentSound, type Sounding } from '../../demo/listen/present-sound.ts'
import { RoomLevel } from '../../demo/listen/room-level.ts'

afterEach(() => {
  vi.useRealTimers()
})

const sounding = (label: string, score: number, confidence = score): Sounding => ({
  event: { label, start: 0, confidence },
  score,
})
const named = ({ present }: PresentSound) => (present.kind === 'sound' ? present.name.label : present.kind)

it('names one sound, the surest, and changes over only to one that is clearly surer', () => {
  const now = new PresentSound()
  now.update(0, [sounding('door', 0.6), sounding('speech', 0.9)], false)
  expect(now.present).toEqual({ kind: 'sound', name: { label: 'speech' }, share: 0.9 })
  now.update(0.1, [sounding('speech', 0.8, 0.9), sounding('music', 0.85)], false)
  expect(named(now)).toBe('speech')
  now.update(0.2, [sounding('speech', 0.7, 0.9), sounding('music', 0.95)], false)
  expect(named(now)).toBe('music')
})

it('says quiet or something else only once that lasts, and keeps the last three sounds, each once', () => {
  const now = new PresentSound()
  for (const [i, label] of ['bird', 'door', 'bird', 'water', 'speech'].entries())
    now.update(i, [sounding(label, 0.9)], false)
  expect(now.past.map(({ label }) => label)).toEqual(['water', 'bird', 'door'])
  now.update(5, [sounding('speech', 0.3, 0.9)], true)
  now.update(5.3, [], false)
  now.update(5.5, [], true)
  expect(named(now)).toBe('speech')
  now.update(6.2, [], true)
  expect(named(now)).toBe('quiet')
  now.update(6.3, [], false)
  now.update(7, [], false)
  expect(named(now)).toBe('other')
  expect(now.past.map(({ label }) => label)).toEqual(['speech', 'water', 'bird'])
})

it('takes the level that a room always has for quiet, whatever it is, but no loud sound that lasts', () => {
  const heard = (...levels: number[]) => {
    const room = new RoomLevel()
    for (const [i, level] of levels.entries()) room.add(i, level)
    return room
  }
  expect(heard(-120).quiet).toBe(true)
  expect(heard(-45, -44, -45).quiet).toBe(true)
  expect(heard(-45, -30, -45, -30).quiet).toBe(false)
  expect(heard(-20, -20, -20).quiet).toBe(false)
  expect(heard(-50, -50, -50, -30, -50).riseAt(3)).toBe(20)
  expect(heard(-50, -50, -50, -50, -50).riseAt(3)).toBe(0)
  expect(heard(-20).riseAt(0)).toBe(null)
})

it('tells screen readers one thing in three seconds at most, the newest', () => {
  vi.useFakeTimers()
  const region = { textContent: '' as string | null }
  const announcer = new Announcer(region)
  announcer.say('Speech')
  expect(region.textContent).toBe('Speech')
  announcer.say('Door')
  vi.advanceTimersByTime(1000)
  announcer.say('Bird')
  vi.advanceTimersByTime(1999)
  expect(region.textContent).toBe('Speech')
  vi.advanceTimersByTime(1)
  expect(region.textContent).toBe('Bird')
})

it('shows events from a half on, or from where the model says if that is more, all moved by one share', () => {
  const own = { speech: 0.42, silence: 0.79 }
  expect(thresholdsFrom(own, 0.5)).toEqual({ speech: 0.5, silence: expect.closeTo(0.79, 9) })
  expect(thresholdsFrom(own, 0.3)).toEqual({
    speech: expect.closeTo(0.3, 9),
    silence: expect.closeTo(0.237 / 0.384, 9),
  })
  expect(thresholdsFrom(own, 0.9)).toEqual({
    speech: expect.closeTo(0.9, 9),
    silence: expect.closeTo(0.711 / 0.732, 9),
  })
  expect(thresholdsFrom({ never: 1 }, 0.3)).toEqual({ never: 1 })
  expect(thresholdsFrom({ sure: 0.99 }, 0.5)).toEqual({ sure: expect.closeTo(0.99, 9) })
})
