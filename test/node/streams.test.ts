import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LeafError } from '../../src/error.ts'
import { preset } from '../../src/frontend/index.ts'
import { writeModel } from '../../src/model/index.ts'
import { detectStream, type FeatureFrame, featuresStream, type SampleStream } from '../../src/node/index.ts'
import { compilePlan, designResampler } from '../../src/plan/index.ts'
import { Engine } from '../../worklet/index.ts'
import { loudnessModel } from '../browser/listen/loudness-model.ts'
import { headedLoudModel } from '../cli/loud-model.ts'

const RATE = 16000
const model = writeModel(loudnessModel())
/** Three bursts of a third of a second, in whole steps of 16-bit integers. */
const bursts = Int16Array.from({ length: 4 * RATE }, (_, i) =>
  i % RATE < RATE / 3 && i > RATE ? Math.round(12000 * Math.sin(i * 0.2)) : 0,
)
const floats = Float32Array.from(bursts, (sample) => sample / 32768)
/** A second of them, with a burst. */
const [short, shortFloats] = [bursts.slice(RATE, 2 * RATE), floats.slice(RATE, 2 * RATE)]
const bytes = (samples: Int16Array | Float32Array) => new Uint8Array(samples.buffer)

/** Cut anywhere. */
function* pieces<Block extends Float32Array | Int16Array | Uint8Array>(
  block: Block,
  cuts: number[],
): Generator<Block> {
  const places = [...cuts.map((cut) => cut % block.length), block.length].sort((a, b) => a - b)
  let from = 0
  for (const to of places) {
    yield block.slice(from, to) as Block
    from = to
  }
}

async function all<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const list: Value[] = []
  for await (const value of values) list.push(value)
  return list
}

const refusal = (values: AsyncIterable<unknown>): Promise<LeafError> =>
  all(values).then(
    () => expect.unreachable(),
    (error) => error,
  )

const detected = (samples: SampleStream, more: object = {}) =>
  detectStream(samples, { sampleRate: RATE, model, labels: ['beep'], ...more })

describe('features of a stream', () => {
  it('are those of the engine on the whole, bit for bit, however it was cut and written', async () => {
    const description = preset('mel-log')
    const plan = compilePlan(description)
    const whole = new Engine(plan, designResampler(RATE, plan.sampleRate)).clip(shortFloats)
    const same = (frames: FeatureFrame[]) => {
      expect(frames.map(({ index }) => index)).toEqual([...frames.keys()])
      expect(frames.flatMap(({ values }) => [...values])).toEqual([...whole.values])
    }
    const options = { sampleRate: RATE, frontend: 'mel-log' as const }
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 5 }), async (cuts) => {
        same(await all(featuresStream(pieces(shortFloats, cuts), options)))
        same(await all(featuresStream(pieces(bytes(short), cuts), { ...options, format: 'int16' })))
      }),
      { numRuns: 5 },
    )
    const written: [SampleStream, object?][] = [
      [[short]],
      [[Float64Array.from(shortFloats)]],
      [[[...shortFloats]]],
      [shortFloats],
      [Readable.from([Buffer.from(bytes(shortFloats))]), { format: 'float32' }],
      [new Response(bytes(short) as never).body as never, { format: 'int16' }],
    ]
    for (const [stream, more] of written) same(await all(featuresStream(stream, { ...options, ...more })))
  })

  it('come as soon as their sound is there, and the stream is closed when the loop is left', async () => {
    let isClosed = false
    async function* endless() {
      try {
        for (;;) yield floats.subarray(0, 1600)
      } finally {
        isClosed = true
      }
    }
    for await (const { index, time } of featuresStream(endless(), { sampleRate: RATE }))
      if (index === 100) {
        expect(time).toBeCloseTo(1, 1)
        break
      }
    expect(isClosed).toBe(true)
  })
})

describe('events of a stream', () => {
  it('are none where there is no sample, though the model hears something in any quiet', async () => {
    const stubborn = writeModel(headedLoudModel())
    const of = (samples: Int16Array[]) =>
      all(
        detectStream(samples, {
          sampleRate: RATE,
          model: stubborn,
          heads: ['stubborn'],
          decoding: { minimumSeconds: 0 },
        }),
      )
    expect(await of([])).toEqual([])
    expect((await of([new Int16Array(160)])).map(({ start, end }) => [start, end])).toEqual([[0, 0.01]])
  })

  it('are the same however it was cut, and told before it ends', async () => {
    const whole = await all(detected([floats]))
    expect(whole.map(({ label }) => label)).toEqual(['beep', 'beep', 'beep'])
    whole.forEach(({ start, end }, i) => {
      expect(Math.abs(start - (i + 1))).toBeLessThan(0.15)
      expect(end).toBeGreaterThan(start)
    })
    expect(await all(detected(pieces(floats, [5, 20000, 33333, 60000])))).toEqual(whole)
    let read = 0
    async function* counted() {
      for (const piece of pieces(
        floats,
        Array.from({ length: 40 }, (_, i) => 1600 * i),
      )) {
        read++
        yield piece
      }
    }
    for await (const event of detected(counted())) {
      expect(event).toEqual(whole[0])
      break
    }
    // Pieces of 0.1 s: the burst ends after 1.34 s, the gap that would still belong to it after 1.54 s.
    expect(read).toBeLessThan(19)
  })

  it('are decoded as one says', async () => {
    expect(await all(detected([floats], { decoding: { minimumSeconds: 3 } }))).toEqual([])
    expect(await all(detected([floats], { decoding: { mergeGapSeconds: 2 } }))).toHaveLength(1)
    expect(await all(detected([floats], { thresholds: { beep: 1 } }))).toEqual([])
  })

  it('end with the signal, though no sample comes', async () => {
    const control = new AbortController()
    const reason = new Error('enough')
    const silent = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) }
    setTimeout(() => control.abort(reason), 300)
    await expect(all(detected(silent, { signal: control.signal }))).rejects.toBe(reason)
    await expect(all(detected(silent, { signal: control.signal }))).rejects.toBe(reason)
  })
})

it.each<[string, unknown, object, RegExp]>([
  ['a number', 5, {}, /no samples in this \(Number\)/],
  ['a text', 'text', {}, /no samples in this \(String\)/],
  ['a list of texts', [['a']], {}, /no samples in this \(Array\)/],
  ['bytes of unknown format', [bytes(bursts)], {}, /format/],
  ['bytes of a format that is none', [bytes(bursts)], { format: 'mp3' }, /no format of samples mp3/],
  ['half a sample', [bytes(bursts).slice(1)], { format: 'int16' }, /ends within a sample/],
  ['a rate out of range', [floats], { sampleRate: 5 }, /rate/],
  ['no rate', [floats], { sampleRate: undefined }, /rate/],
  ['an option that is none', [floats], { treshold: {} }, /no option "treshold".*thresholds/],
  ['a signal that is none', [floats], { signal: new AbortController() }, /no AbortSignal/],
  ['one number as thresholds', [floats], { thresholds: 0.5 }, /thresholds: this is no object/],
  ['a label the model has not', [floats], { labels: ['cow'] }, /no label "cow"/],
  ['a model that is not there', [floats], { model: 'no-such.safetensors' }, /no-such/],
  ['a model that is none', [floats], { model: new Uint8Array(3) }, /model file/],
])('%s is refused', async (_, samples, options, message) => {
  const error = await refusal(detected(samples as SampleStream, options))
  expect(error.name).toBe('LeafError')
  expect(error.message).toMatch(message)
})
