import type { Compression } from './compression/index.ts'
import { type FrontendDescription, geometryOf } from './description.ts'
import { type Filterbank, filterbankOf, tonePowers } from './filterbank/index.ts'
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
 * taps, of real ones |G(f)|², of filters over
 * a power spectrum (mel) their weights at its bins. Without filters (`samples`) there are none, at no frequencies.
 *
 * @param channels which filters, in this order; all when left out. Of a mel filterbank always all are computed.
 */
export function frequencyResponses(
  frontend: FrontendDescription,
  channels: readonly number[] = everyChannel(frontend),
): FrequencyResponses {
  const { filterbank, sampleRate } = frontend
  const geometry = geometryOf(frontend)
  const family = filterbankOf(filterbank)
  if (family.domain === 'frequency') {
    const rows = family.matrix(filterbank, geometry)
    return {
      frequencies: equalSteps(family.fftSize(filterbank, geometry), sampleRate),
      powers: channels.map((channel) => rows[channel]),
    }
  }
  if (family.domain === 'samples') return { frequencies: new Float64Array(), powers: [] }
  const points = powerOfTwo(OVERSAMPLING * geometry.windowLength)
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
export function onlyChannels<Description extends Filterbank | Compression>(
  description: Description,
  channels: readonly number[],
): Description {
  const entries = Object.entries(description).map(([key, value]) => [
    key,
    Array.isArray(value) ? channels.map((channel) => value[channel]) : value,
  ])
  return Object.fromEntries(entries) as Description
}

function equalSteps(points: number, sampleRate: number): Float64Array {
  return Float64Array.from({ length: points / 2 + 1 }, (_, i) => (i * sampleRate) / points)
}

function everyChannel({ channels }: FrontendDescription): number[] {
  return Array.from({ length: channels }, (_, channel) => channel)
}
