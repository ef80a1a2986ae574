import { type FrontendDescription, geometryOf } from './description.ts'
import { filterbankOf } from './filterbank/index.ts'
import { Fourier, powerOfTwo } from './fourier.ts'
import { onlyChannels } from './responses.ts'

/** An impulse response between its taps, as the band-limited signal through them. */
export interface SmoothImpulse {
  /** Milliseconds from the middle of the window, where LEAF's filters have their largest tap. */
  readonly times: Float64Array
  readonly real: Float64Array
  /** Absent for filters that have none. */
  readonly imaginary?: Float64Array
  /** Magnitude of the complex response, of a real filter that of its analytic signal. */
  readonly envelope: Float64Array
}

/** Values a tap: high filters have hardly more than two taps a period. */
const DENSITY = 8

/** The impulse response of one filter, or null where filters weigh a spectrum and have none (mel), or there are no filters. */
export function smoothImpulse(frontend: FrontendDescription, channel: number): SmoothImpulse | null {
  const { filterbank, sampleRate } = frontend
  const family = filterbankOf(filterbank)
  if (family.domain !== 'time') return null
  const { windowLength, ...geometry } = geometryOf(frontend)
  const taps = family.impulseResponses(onlyChannels(filterbank, [channel]), {
    ...geometry,
    windowLength,
    channels: 1,
  })
  const { real, imaginary } = interpolated(taps.real[0], taps.imaginary[0], family.complex)
  const count = (windowLength - 1) * DENSITY + 1
  const middle = windowLength >> 1
  return {
    times: Float64Array.from({ length: count }, (_, i) => ((i / DENSITY - middle) * 1000) / sampleRate),
    real: real.subarray(0, count),
    ...(family.complex && { imaginary: imaginary.subarray(0, count) }),
    envelope: real.subarray(0, count).map((value, i) => Math.hypot(value, imaginary[i])),
  }
}

/** `DENSITY` values a tap through the taps' spectrum; of real taps the analytic signal, without negative frequencies. */
function interpolated(real: Float64Array, imaginary: Float64Array, complex: boolean) {
  const points = powerOfTwo(real.length)
  const [re, im] = [new Float64Array(points), new Float64Array(points)]
  re.set(real)
  im.set(imaginary)
  new Fourier(points).transform(re, im)
  const dense = points * DENSITY
  const [denseRe, denseIm] = [new Float64Array(dense), new Float64Array(dense)]
  const put = (from: number, to: number, weight: number) => {
    denseRe[to] += DENSITY * weight * re[from]
    denseIm[to] += DENSITY * weight * im[from]
  }
  put(0, 0, 1)
  for (let k = 1; k < points / 2; k++) {
    put(k, k, complex ? 1 : 2)
    if (complex) put(points - k, dense - k, 1)
  }
  // Half the sample rate is a positive and a negative frequency at once.
  put(points / 2, points / 2, complex ? 0.5 : 1)
  if (complex) put(points / 2, dense - points / 2, 0.5)
  new Fourier(dense).inverse(denseRe, denseIm)
  return { real: denseRe, imaginary: denseIm }
}
