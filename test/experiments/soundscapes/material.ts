import { join } from 'node:path'
import { ClipResampler, decodeClip, readCsv, readLabelledClips } from '../../../src/learning/data/index.ts'
import { streams } from '../../../src/learning/random/index.ts'
import { makeScene, SCENE_SECONDS, type Scene, type SceneSound } from './scene.ts'

/** Hz; all models here work at it. */
export const SAMPLE_RATE = 16000
/** A label whose events are no sound. */
export const SILENCE = 'silence'

/** What models are heard with. */
export interface Material {
  /** Of the clips. */
  readonly labels: readonly string[]
  readonly scenes: readonly Scene[]
  /** Sounds without events: what is told of them is a false alarm, unless it is unknown. */
  readonly backgrounds: readonly Float32Array[]
}

export interface MaterialOptions {
  /** Folders with a manifest.csv each. */
  readonly data: string
  readonly backgrounds: string
  /** Numbers. */
  readonly scenes: string
  readonly seed: string
}

/** Clips of a split with one label in scenes over backgrounds of another. */
export async function readMaterial(
  { data, backgrounds: folder, scenes: count, seed }: MaterialOptions,
  clipSplit: string,
  backgroundSplit: string,
): Promise<Material> {
  const resampler = new ClipResampler(SAMPLE_RATE)
  const backgrounds: Float32Array[] = []
  for (const { file, split } of readCsv(join(folder, 'manifest.csv')))
    if (split === backgroundSplit) backgrounds.push(await decodeClip(join(folder, file), resampler))
  const clips: SceneSound[] = []
  for (const { path, labels } of readLabelledClips(data, { split: clipSplit }))
    if (labels.length === 1 && labels[0] !== SILENCE)
      clips.push({ label: labels[0], sound: await decodeClip(path, resampler) })
  const scenes = Array.from({ length: Number(count) }, (_, i) => {
    const random = streams.soundscape(Number(seed), i)
    return makeScene(clips, backgrounds[random.below(backgrounds.length)], SAMPLE_RATE, random)
  })
  const events = scenes.reduce((sum, scene) => sum + scene.events.length, 0)
  console.log(
    `${scenes.length} scenes of ${SCENE_SECONDS} s with ${events} events of ${clipSplit}, seed ${seed}`,
  )
  return { labels: [...new Set(clips.map(({ label }) => label))], scenes, backgrounds }
}
