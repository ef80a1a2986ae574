import fc from 'fast-check'
import { type FrontendDescription, parseFrontend, preset, sigmaBounds } from '../../../src/frontend/index.ts'

const { min, max } = sigmaBounds(401)

/** LEAFs whose every parameter is drawn from its legal range, the ends of the range included. */
export function leaves(bias: boolean, profile: 'tensorflow' | 'pytorch'): fc.Arbitrary<FrontendDescription> {
  const leaf = preset('leaf')
  return fc.integer({ min: 1, max: 8 }).chain((channels) => {
    const each = (low: number, high: number) =>
      fc.array(fc.double({ min: low, max: high, noNaN: true }), { minLength: channels, maxLength: channels })
    const filterbank = fc.record({
      kind: fc.constant('gabor'),
      center: each(0, Math.PI),
      sigma: each(min, max),
    })
    const width = each(2 / 401, 0.5)
    const pooling = bias
      ? fc.record({ kind: fc.constant('gaussian'), width, bias: each(-2, 2) })
      : fc.record({ kind: fc.constant('gaussian'), width })
    const compression = fc.record({
      kind: fc.constant('pcen'),
      alpha: each(-1, 1),
      delta: each(0, 10),
      root: each(1, 10),
      smooth: each(0, 1),
      floor: fc.constant(1e-12),
    })
    const alignment = { poolingLeft: profile === 'pytorch' ? 200 : 120 }
    return fc
      .record({ filterbank, pooling, compression })
      .map((parts) => parseFrontend({ ...leaf, channels, ...parts, alignment }))
  })
}

/** Every number rounded to float32, as a checkpoint holds it. */
export function rounded<Value>(value: Value): Value {
  if (typeof value === 'number') return Math.fround(value) as Value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(rounded) as Value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, rounded(entry)])) as Value
}
