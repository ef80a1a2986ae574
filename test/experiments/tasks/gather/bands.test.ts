import { describe, expect, test } from 'vitest'
import { channelFrequencies, channelTaps, geometryOf, parametersOf } from '../../../../src/frontend/index.ts'
import { chooseFrontend } from '../../../../src/learning/training/choose-frontend.ts'
import { SYSTEMS, type System } from '../design/names.ts'
import { frontendOf } from '../design/systems.ts'
import { parameterRecords, parameterValues } from '../train/parameter-records.ts'
import { bandsOf } from './bands.ts'
import { medianChange } from './change.ts'
import { LEAF_PARAMETERS, runOf } from './fixtures/runs.ts'

/** As the sweep records it, before anything was learned. */
function freshRun(system: System) {
  const values = parameterValues(chooseFrontend(frontendOf(system), 400, 'all'))
  return runOf({ task: 'pitch', system, parameters: parameterRecords(values, values) })
}

/** Amplitude response of a channel. */
function responseOf(system: System) {
  const description = frontendOf(system)
  const { sampleRate } = description
  const taps = channelTaps(description, geometryOf(description))!
  return (channel: number, hertz: number) => {
    let [re, im] = [0, 0]
    taps.real[channel].forEach((real, t) => {
      const imaginary = taps.imaginary[channel][t]
      const [cosine, sine] = [Math.cos, Math.sin].map((of) => of((2 * Math.PI * hertz * t) / sampleRate))
      re += real * cosine + imaginary * sine
      im += imaginary * cosine - real * sine
    })
    return Math.hypot(re, im)
  }
}

describe('bands of filters in Hz', () => {
  test.each(['leaf', 'gammatone', 'analytic-sinc'] as const)(
    'of %s lie where the response is half its peak',
    (system) => {
      const { centers, widths } = bandsOf(freshRun(system))!.initial
      const response = responseOf(system)
      expect(centers).toHaveLength(40)
      // The lowest filters are cut off by the window.
      for (let n = 20; n < 40; n++) {
        const peak = response(n, centers[n])
        expect(response(n, centers[n] - widths[n] / 2) / peak).toBeCloseTo(0.5, 2)
        expect(response(n, centers[n] + widths[n] / 2) / peak).toBeCloseTo(0.5, 2)
      }
    },
  )

  test.each(['sincnet', 'sincnet-plus'] as const)('of %s lie between the edges', (system) => {
    const { centers, widths } = bandsOf(freshRun(system))!.initial
    expect(centers[0]).toBeCloseTo(148.6, 0)
    expect(centers[39] + widths[39] / 2).toBeCloseTo(8000, 1)
    const response = responseOf(system)
    for (let n = 20; n < 39; n++) {
      const peak = response(n, centers[n])
      expect(response(n, centers[n] - widths[n] / 2) / peak).toBeCloseTo(0.5, 1)
      expect(response(n, centers[n] + widths[n] / 2) / peak).toBeCloseTo(0.5, 1)
    }
  })

  // Of filters from chance the mean frequency is not where they pass most.
  test.each(SYSTEMS.filter((system) => system !== 'short-filters'))(
    'of %s have the centres of the frontend, if they are learned',
    (system) => {
      const bands = bandsOf(freshRun(system))
      if (parametersOf(frontendOf(system), 'filterbank').length === 0) {
        expect(bands).toBeUndefined()
        return
      }
      const truth = channelFrequencies(frontendOf(system))
      // The window leaves two cycles of the lowest spline, whose power leans upwards.
      const lowest = system === 'spline' ? 0.09 : 0.05
      bands!.initial.centers.forEach((hertz, n) =>
        expect(Math.abs(hertz / truth[n] - 1)).toBeLessThan(n === 0 ? lowest : 0.05),
      )
      expect(bands!.learned).toEqual(bands!.initial)
    },
  )

  test('after learning are those of the learned values', () => {
    const run = runOf({ task: 'pitch', system: 'leaf', parameters: LEAF_PARAMETERS })
    const { initial, learned } = bandsOf(run)!
    expect(medianChange(initial.centers, learned.centers)).toBeCloseTo(1, 12)
    expect(medianChange(initial.widths, learned.widths)).toBeCloseTo(0.5, 12)
  })

  test('that were not recorded are named', () => {
    const parameters = LEAF_PARAMETERS.filter(({ name }) => name !== 'sigma')
    expect(() => bandsOf(runOf({ task: 'pitch', system: 'leaf', parameters }))).toThrow(
      /as-heard\/pitch-leaf-1 has not recorded filterbank\.sigma/,
    )
  })
})

test('the median change is that of the middle value, or of the two in the middle', () => {
  expect(medianChange([1, 2, 4], [1.5, 2.2, 4])).toBeCloseTo(0.1, 12)
  expect(medianChange([1, 2, 4, 10], [1.5, 2.2, 4, 7])).toBeCloseTo(0.2, 12)
})
