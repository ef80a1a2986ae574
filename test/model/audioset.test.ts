import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startOf } from '../../src/frontend/index.ts'
import { AUDIOSET_EVENTS } from '../../src/learning/data/audioset-events.ts'
import { readModel } from '../../src/model/index.ts'

const modelOf = (name: string) => readModel(readFileSync(`demo/public/models/${name}.safetensors`))

test('the model of AudioSet’s names has all 521, and hears by a LEAF that was learned', () => {
  const { labels, frontend, heads } = modelOf('audioset')
  expect(new Set(labels).size).toBe(521)
  expect(heads).toBe(undefined)
  for (const name of Object.values(AUDIOSET_EVENTS).flat()) expect(labels).toContain(name)
  expect(frontend).toMatchObject({ sampleRate: 16000, channels: 40, filterbank: { kind: 'gabor' } })
  expect(frontend.filterbank).not.toEqual(startOf('leaf-mixed').filterbank)
})
