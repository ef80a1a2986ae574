import { expect, test } from 'vitest'
import { everyName } from '../../../src/learning/data/label-map.ts'
import { loudModel } from '../../cli/loud-model.ts'
import { seeded } from '../../model/tiny-model.ts'
import { scoreMaterial } from './score-material.ts'
import { heardInBackgrounds } from './unknown.ts'

const RATE = 16000
const random = seeded(8)
/** Two seconds of noise in six of quiet. */
const noise = (level: number) =>
  Float32Array.from({ length: 6 * RATE }, (_, i) =>
    i >= 2 * RATE && i < 4 * RATE ? level * random() : 1e-4 * random(),
  )
const background = noise(0.9)
/** Which the teacher below gives 0.3, and 0.03. */
const [maybe, hardly] = [noise(0.0065), noise(0.0055)]

test('a teacher hears in backgrounds what its names count as, and when', async () => {
  const teacher = { ...loudModel(), labels: ['Bark'] }
  const scene = { sound: new Float32Array(), background, events: [] }
  const material = { labels: [], scenes: [scene], backgrounds: [hardly, background, maybe] }
  const { scenes, backgrounds } = await heardInBackgrounds(teacher, material, ['animal', 'bird'])
  expect(backgrounds[0]).toEqual([])
  expect(backgrounds[1]).toEqual(scenes[0])
  expect(backgrounds[2].length).toBeGreaterThan(80)
  expect(new Set(scenes[0].map(({ label }) => label))).toEqual(new Set(['animal']))
  // Its windows last a fifth of a second; one that is loud in part is heard.
  const starts = scenes[0].map(({ start }) => start)
  expect(Math.min(...starts)).toBeGreaterThan(1.8)
  expect(Math.min(...starts)).toBeLessThan(2)
  expect(Math.max(...scenes[0].map(({ end }) => end))).toBeGreaterThan(4)
  expect(Math.max(...scenes[0].map(({ end }) => end))).toBeLessThan(4.25)
  for (const { start, end } of scenes[0]) expect(end - start).toBeCloseTo(0.2, 1)
})

test('each scene and each background has what may be heard in it', async () => {
  const sound = background.subarray(0, RATE)
  const scene = { sound, background: sound, events: [] }
  const material = { labels: [], scenes: [scene, scene], backgrounds: [sound, sound] }
  const at = (start: number) => [{ label: 'loud', start, end: start + 1 }]
  const unknown = { scenes: [at(1), at(2)], backgrounds: [at(3), at(4)] }
  const { scenes, backgrounds } = await scoreMaterial(loudModel(), material, ['loud'], everyName, unknown)
  expect(scenes.map(({ scored }) => scored.unknown)).toEqual(unknown.scenes)
  expect(backgrounds.map((scored) => scored.unknown)).toEqual(unknown.backgrounds)
})
