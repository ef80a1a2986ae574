import speexFactory from '@echogarden/speex-resampler-wasm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resampleReference } from '../../src/plan/resample-reference.ts'
import { designResampler, type ResamplerPlan } from '../../src/plan/resampler.ts'
import { ResampleKernel, resampleClip } from './resample-kernel.ts'

const MODEL_RATE = 16000
const COMMON_RATES = [48000, 44100]
const OTHER_RATES = [
  1000, 4000, 7999, 8000, 11025, 22050, 32000, 47999, 96000, 192000, 250000, 767999, 768000,
]

function planFor(inputRate: number, outputRate = MODEL_RATE): ResamplerPlan {
  const plan = designResampler(inputRate, outputRate)
  if (!plan) throw new Error(`${inputRate} Hz needs no resampler`)
  return plan
}

function tone(frequency: number, rate: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin((2 * Math.PI * frequency * i) / rate))
}

function noise(count: number, seed: number): Float32Array {
  let state = seed
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return state / 2 ** 31
  })
}

/** The samples that no edge of the clip reaches. */
function inner(values: Float32Array, { taps, phases, step }: ResamplerPlan): Float32Array {
  const edge = Math.ceil((taps * phases) / step) + 1
  return values.subarray(edge, values.length - edge)
}

const decibels = (ratio: number) => 20 * Math.log10(ratio)
const largest = (values: Iterable<number>) =>
  Array.from(values).reduce((most, v) => Math.max(most, Math.abs(v)), 0)

/** Magnitude of the stored filter bank at `frequency`, all phases taken together as one filter. */
function storedResponse({ table, rows, taps, inputRate }: ResamplerPlan, frequency: number): number {
  let real = 0
  let imaginary = 0
  for (let row = 0; row < rows; row++)
    for (let tap = 0; tap < taps; tap++) {
      const angle = (2 * Math.PI * frequency * (row / rows + taps / 2 - 1 - tap)) / inputRate
      real += table[row * taps + tap] * Math.cos(angle)
      imaginary += table[row * taps + tap] * Math.sin(angle)
    }
  return Math.hypot(real, imaginary) / rows
}

/** Amplitude of `frequency` in `values`, and the largest sample of what is left without it. */
function fitTone(values: Float32Array, frequency: number, rate: number): { amplitude: number; rest: number } {
  let [cc, ss, cs, vc, vs] = [0, 0, 0, 0, 0]
  const angle = (i: number) => (2 * Math.PI * frequency * i) / rate
  values.forEach((v, i) => {
    const [c, s] = [Math.cos(angle(i)), Math.sin(angle(i))]
    cc += c * c
    ss += s * s
    cs += c * s
    vc += v * c
    vs += v * s
  })
  const determinant = cc * ss - cs * cs
  const a = (vc * ss - vs * cs) / determinant
  const b = (vs * cc - vc * cs) / determinant
  const rest = values.map((v, i) => v - a * Math.cos(angle(i)) - b * Math.sin(angle(i)))
  return { amplitude: Math.hypot(a, b), rest: largest(rest) }
}

describe.each(COMMON_RATES)('%i Hz to 16 kHz', (rate) => {
  it('has a prototype flat within 0.1 dB to 7 kHz and 80 dB down from 9 kHz', () => {
    const plan = planFor(rate)
    for (let f = 0; f <= 7000; f += 50) expect(Math.abs(decibels(storedResponse(plan, f)))).toBeLessThan(0.1)
    const highest = Math.min((rate * plan.phases) / 2, 3 * rate)
    for (let f = 9000; f <= highest; f += 50) expect(decibels(storedResponse(plan, f))).toBeLessThan(-80)
  })

  it('passes tones to 7 kHz with their images 80 dB down, in float32', () => {
    const plan = planFor(rate)
    for (const frequency of [50, 440, 1234.5, 3999, 5500, 6500, 7000]) {
      const output = inner(resampleClip(plan, tone(frequency, rate, 12000)), plan)
      const { amplitude, rest } = fitTone(output, frequency, MODEL_RATE)
      expect(Math.abs(decibels(amplitude)), `${frequency} Hz`).toBeLessThan(0.1)
      expect(decibels(rest), `images of ${frequency} Hz`).toBeLessThan(-80)
    }
  })

  it('keeps aliases of tones from 9 kHz 80 dB down, in float32', () => {
    const plan = planFor(rate)
    for (let frequency = 9000; frequency < rate / 2; frequency += 487) {
      const output = inner(resampleClip(plan, tone(frequency, rate, 8000)), plan)
      expect(decibels(largest(output)), `${frequency} Hz`).toBeLessThan(-80)
    }
  })

  it('agrees with Speex at its best quality', async () => {
    const plan = planFor(rate)
    const band = [310, 1170, 2750, 4400, 5900].map((f, i) =>
      tone(f, rate, 24000).map((v) => (v * (i + 1)) / 15),
    )
    const clip = band[0].map((_, i) => band.reduce((sum, part) => sum + part[i], 0))
    const ours = resampleClip(plan, clip)
    const theirs = await speex(clip, rate)
    // Speex reaches 128 outputs to either side.
    const difference = theirs.map((v, i) => ours[i] - v).slice(150, -150)
    expect(difference.length).toBeGreaterThan(7500)
    expect(largest(difference)).toBeLessThan(5e-5)
  })

  it('reports a delay under 3 ms, and holds it', () => {
    const plan = planFor(rate)
    expect(plan.delaySeconds).toBeLessThan(0.003)
    const stream = new ResampleKernel(plan, 1)
    let written = 0
    for (let i = 0; i < 3000; i++) {
      written += stream.push(new Float32Array(1)).length
      const dueAt = (time: number) =>
        Math.max(0, Math.floor((time - plan.delaySeconds) * MODEL_RATE + 1e-9) + 1)
      expect(written).toBeGreaterThanOrEqual(dueAt(i / rate))
      expect(written).toBeLessThanOrEqual(dueAt((i + 1) / rate))
    }
  })
})

describe('any rate', () => {
  it.each([...COMMON_RATES, ...OTHER_RATES])('%i Hz: equals the prototype evaluated in float64', (rate) => {
    const plan = planFor(rate)
    const clip = noise(Math.ceil(rate / 20), rate)
    const output = resampleClip(plan, clip)
    const expected = resampleReference(clip, rate, MODEL_RATE)
    expect(output.length).toBe(expected.length)
    const tolerance = plan.rows === plan.phases ? 1e-6 : 1e-5
    expect(largest(expected.map((v, i) => v - output[i]))).toBeLessThan(tolerance)
  })

  it('puts output n at input time n × input rate / output rate', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8000, max: 192000 }),
        fc.constantFrom(8000, 16000, 22050, 32000, 44100),
        (inputRate, outputRate) => {
          fc.pre(inputRate !== outputRate)
          const plan = planFor(inputRate, outputRate)
          const output = resampleClip(plan, tone(700, inputRate, Math.ceil(inputRate / 25)))
          const exact = tone(700, outputRate, output.length)
          const error = inner(
            output.map((v, i) => v - exact[i]),
            plan,
          )
          expect(error.length).toBeGreaterThan(0)
          expect(largest(error)).toBeLessThan(1e-4)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('gives the same bits however the input is cut', () => {
    const clips = new Map([48000, 44100, 47999, 8000, 96000].map((rate) => [rate, noise(3000, rate)]))
    fc.assert(
      fc.property(
        fc.constantFrom(...clips.keys()),
        fc.oneof(
          fc.constantFrom(1, 7, 128, 160, 441, 1024).map((size) => [size]),
          fc
            .array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 20 })
            .filter((a) => a.some((n) => n > 0)),
        ),
        fc.integer({ min: 1, max: 600 }),
        (rate, sizes, spareCapacity) => {
          const clip = clips.get(rate) as Float32Array
          const plan = planFor(rate)
          const whole = new ResampleKernel(plan, clip.length, 4096).push(clip)
          const stream = new ResampleKernel(plan, 1024, spareCapacity)
          const parts: number[] = []
          for (let start = 0, turn = 0; start < clip.length; turn++) {
            const end = start + sizes[turn % sizes.length]
            parts.push(...stream.push(clip.subarray(start, end)))
            start = end
          }
          expect(Float32Array.from(parts)).toEqual(whole)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('starts again from silence after a reset', () => {
    const plan = planFor(44100)
    const stream = new ResampleKernel(plan, 2000)
    const first = stream.push(noise(2000, 1))
    stream.reset()
    expect(stream.push(noise(2000, 1))).toEqual(first)
  })

  it('is not needed between equal rates', () => {
    expect(designResampler(16000, 16000)).toBeNull()
  })

  it.each([999, 768001, 44100.5, Number.NaN])('refuses %d Hz with a remedy', (rate) => {
    expect(() => designResampler(rate, MODEL_RATE)).toThrow(/input sample rate .* from 1000 to 768000/)
    expect(() => designResampler(48000, rate)).toThrow(/output sample rate/)
  })
})

/** The clip through speexdsp, its leading latency skipped: output n stands for the same time as ours. */
async function speex(clip: Float32Array, rate: number): Promise<Float32Array> {
  const library = await speexFactory()
  const integer = () => library._malloc(4)
  const state = library._speex_resampler_init(1, rate, MODEL_RATE, 10, 0)
  library._speex_resampler_skip_zeros(state)
  const [input, output] = [library._malloc(4 * clip.length), library._malloc(4 * clip.length)]
  const [inputCount, outputCount] = [integer(), integer()]
  library.HEAPF32.set(clip, input / 4)
  library.HEAPU32[inputCount / 4] = clip.length
  library.HEAPU32[outputCount / 4] = clip.length
  library._speex_resampler_process_float(state, 0, input, inputCount, output, outputCount)
  expect(library.HEAPU32[inputCount / 4]).toBe(clip.length)
  return library.HEAPF32.slice(output / 4, output / 4 + library.HEAPU32[outputCount / 4])
}
