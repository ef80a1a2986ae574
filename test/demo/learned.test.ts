import { expect, it } from 'vitest'
import { learnedSentence } from '../../demo/look/learned.ts'

it('says what moved, the most first, and what hardly did, in medians', () => {
  const csv = `filter,centerHz,poolingMs,alpha,smooth,initialCenterHz,initialPoolingMs,initialAlpha,initialSmooth
1,101,20,0.5,0.04,100,20,0.96,0.04
2,200,21,0.6,0.04,200,20,0.96,0.04
3,404,60,0.96,1,400,20,0.96,0.04
`
  expect(learnedSentence(csv, 10)).toBe(
    'Learned: α of PCEN by 36 % (0.96 → 0.6) and pooling by 5 % (20 → 21 ms). Hardly moved: centre by 1 % and time constant of PCEN by 0 %. Medians over 3 filters.',
  )
})

it('tells a share that begins at 0 by its range', () => {
  const csv = 'filter,alpha,initialAlpha\n1,0.25,0\n2,0.5,0\n3,0.96,0.96\n'
  expect(learnedSentence(csv, 10)).toBe('Learned: α of PCEN by 25 % (0 → 0.5). Medians over 3 filters.')
})

it('says nothing of what a frontend has not', () => {
  const csv = 'filter,centerHz,gamma,initialCenterHz,initialGamma\n1,300,2,100,1\n2,300,2,100,1\n'
  expect(learnedSentence(csv, 10)).toBe('Learned: centre by 200 % (100 → 300 Hz). Medians over 2 filters.')
})

it('tells channels apart that began in two ways: no filter has a median over both', () => {
  const rows = [0, 0.96, 0, 0.96, 0, 0.96].map((begun, n) => `${n + 1},${begun + 0.01 * (n + 4)},${begun}\n`)
  expect(learnedSentence(`filter,alpha,initialAlpha\n${rows.join('')}`, 10)).toBe(
    'Learned: α of PCEN by 7 % (0 → 0.06, 0.96 → 1.03). Medians over 6 filters.',
  )
})
