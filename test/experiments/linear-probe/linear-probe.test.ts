import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { prepareBackend } from '../../../src/learning/backend.ts'
import type { FeatureExample } from '../../../src/learning/examples/index.ts'
import { denseScores, lastLayerOf } from '../../../src/learning/network/index.ts'
import { readModel } from '../../../src/model/index.ts'
import { seeded } from '../../engine/signals.ts'
import { emptyFolder, tone, wav } from '../../learning/tone-folder.ts'
import { windowsOf } from '../clip-windows.ts'
import { clipEmbeddings } from './clip-embeddings.ts'
import { parseOptions, probe } from './linear-probe.ts'

beforeAll(prepareBackend)

/** Two classes on either side of one direction, which another, louder one hides. */
function points(count: number, seed: number): FeatureExample[] {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, i) => {
    const side = i % 2 === 0 ? 1 : -1
    const noise = 4 * (random() - 0.5)
    const features = Float32Array.of(noise + 0.3 * side, noise, random())
    return { features, firstFrame: 0, target: Float32Array.of(Number(side > 0), Number(side < 0)) }
  })
}

test('a linear layer finds what tells classes apart, and nothing where nothing does', async () => {
  const [learned, heldOut, measured] = [points(400, 1), points(100, 2), points(400, 3)]
  expect((await probe(learned, heldOut, measured)).precision).toBeGreaterThan(0.9)
  const hidden = (some: FeatureExample[]) =>
    some.map((one) => ({ ...one, features: one.features.subarray(1) as Float32Array }))
  const { accuracy } = await probe(hidden(learned), hidden(heldOut), hidden(measured))
  expect(accuracy).toBeGreaterThan(0.4)
  expect(accuracy).toBeLessThan(0.6)
})

test('the last layer on the embedding of a clip of one window gives the model’s scores', async () => {
  const model = readModel(readFileSync('demo/public/models/events.safetensors'))
  const path = join(emptyFolder(), 'tone.wav')
  writeFileSync(path, wav(tone(400, 8000, 1), 16000))
  const [embedding] = await clipEmbeddings(model, 'embedding')([path])
  const [[scores]] = await windowsOf(model, [path], 'scores')
  denseScores(lastLayerOf(model), embedding).forEach((score, label) => {
    expect(score).toBeCloseTo(scores[label], 4)
  })
})

test('says which option is missing', () => {
  expect(() => parseOptions(['--data', 'x', '--model', 'y'])).toThrow('--sources is missing')
})
