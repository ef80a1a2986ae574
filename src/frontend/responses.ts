import type { CompressionDescription } from './compression/index.ts'
import { type FrontendDescription, geometryOf } from './description.ts'
import { filterbanks, type TapFamily, type TapFilterbank } from './filterbank/index.ts'
import { tonePowers } from './filterbank/tone-powers.ts'
import { Fourier, powerOfTwo } from './fourier.ts'

/** What filters make of tones of each frequency. */
export interface FrequencyResponses {
  /** Hz, from 0 to half the sample rate in equal steps. */
  readonly frequencies: Float64Array
  /** One row a filter: power gain at each frequency. 1 is LEAF's unit gain at the centre of a Gabor filter. */
  readonly powers: readonly Float64Array[]
}

/** Frequencies a tap: enough to see the narrowest lobe that so many taps can have. */
const OVERSAMPLING = 4

/**
 * Frequency responses of a frontend's filters: of complex filters |G(f)|² + |G(-f)|², G being the transform of the
 * taps, of real ones |G(f)|², of mel filters their weights at the bins of the power spectrum.
 *
 * @param channels which filters, in this order; all when left out. Of a mel filterbank always all are computed.
 */
export function frequencyResponses(
  frontend: FrontendDescription,
  channels: readonly number[] = everyChannel(frontend),
): FrequencyResponses {
  const { filterbank, sampleRate } = frontend
  const geometry = geometryOf(frontend)
  if (filterbank.kind === 'mel') {
    const rows = filterbanks.mel.matrix(filterbank, geometry)
    return {
      frequencies: equalSteps(filterbank.fftSize, sampleRate),
      powers: channels.map((channel) => rows[channel]),
    }
  }
  const points = powerOfTwo(OVERSAMPLING * geometry.windowLength)
  const family: TapFamily<TapFilterbank> = filterbanks[filterbank.kind]
  const some = { ...geometry, channels: channels.length }
  const { real, imaginary } = family.impulseResponses(onlyChannels(filterbank, channels), some)
  const fourier = new Fourier(points)
  const gain = family.complex ? 1 : 0.5
  return {
    frequencies: equalSteps(points, sampleRate),
    powers: real.map((taps, n) => tonePowers(taps, imaginary[n], fourier).map((power) => gain * power)),
  }
}

/** A filterbank or compression with these of its channels only, in this order; one may be taken many times. */
export function onlyChannels<Description extends TapFilterbank | CompressionDescription>(
  description: Description,
  channels: readonly number[],
): Description {
  const entries = Object.entries(description).map(([key, value]) => [
    key,
    Array.isArray(value) ? channels.map((channel) => value[channel]) : value,
  ])
  return Object.fromEntries(entries) as Description
}

/**
 * The stretch around the largest height in which heights are at least half of it, of a filter's powers its band at
 * -3 dB. Heights are taken as linear between positions; at the first and the last one the stretch ends.
 *
 * @param positions rising, in any unit, which is the result's.
 * @param heights not negative; where all are 0 the stretch is empty.
 */
export function halfHeight(
  positions: ArrayLike<number>,
  heights: ArrayLike<number>,
): { readonly low: number; readonly high: number } {
  let peak = 0
  for (let i = 1; i < heights.length; i++) if (heights[i] > heights[peak]) peak = i
  if (!(heights[peak] > 0)) return { low: positions[peak], high: positions[peak] }
  const half = heights[peak] / 2
  const edge = (step: 1 | -1) => {
    let inside = peak
    while (heights[inside + step] >= half) inside += step
    const outside = inside + step
    if (outside < 0 || outside >= heights.length) return positions[inside]
    const share = (heights[inside] - half) / (heights[inside] - heights[outside])
    return positions[inside] + share * (positions[outside] - positions[inside])
  }
  return { low: edge(-1), high: edge(1) }
}

function equalSteps(points: number, sampleRate: number): Float64Array {
  return Float64Array.from({ length: points / 2 + 1 }, (_, i) => (i * sampleRate) / points)
}

function everyChannel({ channels }: FrontendDescription): number[] {
  return Array.from({ length: channels }, (_, channel) => channel)
}
