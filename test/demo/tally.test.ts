import { expect, test } from 'vitest'
import { expectedIn, NOTHING, tally } from '../../demo/teach/tally.ts'

test.each([
  ['beep 3.wav', 'beep'],
  ['Dog_bark-02.flac', 'dog bark'],
  ['dog2.wav', 'dog'],
  ['watchdog.wav', NOTHING],
  ['a dog bark, not a beep.ogg', 'dog bark'],
  ['recording.wav', NOTHING],
  ['Küche.wav', 'küche'],
])('what %s should be is in its name: %s', (name, label) => {
  expect(expectedIn(name, ['dog', 'dog bark', 'beep', 'küche'])).toBe(label)
})

test('files are counted by what they should be, those of which nobody knows left out', () => {
  const tested = [
    { expected: 'beep', heard: 'beep' },
    { expected: 'beep', heard: 'thud' },
    { expected: 'thud', heard: 'thud' },
    { expected: NOTHING, heard: 'thud' },
  ]
  expect(tally(tested, ['beep', 'thud'])).toEqual({
    right: 2,
    of: 3,
    labels: ['beep', 'thud'],
    confusion: [
      [1, 1],
      [0, 1],
    ],
  })
  expect(tally([{ expected: 'beep', heard: NOTHING }], ['beep'])).toEqual({
    right: 0,
    of: 1,
    labels: ['beep', 'nothing'],
    confusion: [
      [0, 1],
      [0, 0],
    ],
  })
})
