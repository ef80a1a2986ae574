import type { LayersModel } from '@tensorflow/tfjs-layers'
import { FixedFrontend } from '../../../src/gradient/index.ts'
import { buildLayersModel } from '../../../src/inference/index.ts'
import { decodeClips, type ManifestRow, soundOf } from '../../../src/learning/data/index.ts'
import { highest } from '../../../src/learning/evaluation/index.ts'
import { denseScores, lastLayerOf } from '../../../src/learning/network/index.ts'
import { cutRecording } from '../../../src/learning/teaching/cut-recording.ts'
import { embed } from '../../../src/learning/teaching/embedding.ts'
import { withTaughtHead } from '../../../src/learning/teaching/intermediate-features.ts'
import type { LabelledSound } from '../../../src/learning/teaching/labelled-sound.ts'
import { teach } from '../../../src/learning/teaching/teach.ts'
import { canvasOf, TeachingExamples } from '../../../src/learning/teaching/teaching-examples.ts'
import { type Model, readModel } from '../../../src/model/index.ts'

/** Examples of each clip as the page cuts a file: around its loud parts, all of it where there are none. */
export async function examplesOf(
  clips: readonly ManifestRow[],
  label: string,
  sampleRate: number,
): Promise<LabelledSound[][]> {
  const decoded = await decodeClips(clips, sampleRate, () => {})
  return decoded.map((clip) => {
    const sound = soundOf(clip)
    const loud = cutRecording(sound, { sampleRate })
    const pieces = loud.length > 0 ? loud : cutRecording(sound, { sampleRate, keepQuiet: true })
    return pieces.map((piece) => ({ label, recording: clip.row.file, sound: piece }))
  })
}

/** A model's embeddings of clips to measure, of every piece: they stay the same, whatever is taught. */
export interface EmbeddedClip {
  /** Place among the labels. */
  readonly label: number
  readonly pieces: readonly Float32Array[]
}

/** Clips that are embedded at once. */
const BATCH = 16
/** Of the faint noise under every piece. */
const SEED = 1

/** @param clips by label */
export async function embedClips(
  base: Model,
  clips: readonly (readonly ManifestRow[])[],
): Promise<EmbeddedClip[]> {
  const canvas = canvasOf(base.frontend, base.classifier.windowFrames)
  const frontend = new FixedFrontend(base.frontend, canvas.samples)
  const whole: LayersModel = await buildLayersModel(withTaughtHead(base, 1).classifier)
  const cut: LabelledSound[][][] = []
  for (const own of clips) cut.push(await examplesOf(own, '', canvas.sampleRate))
  const examples = [
    ...new TeachingExamples(
      cut.map((own) => own.flat()),
      canvas,
      SEED,
    ).plain(),
  ]
  const embeddings: Float32Array[] = []
  for (let at = 0; at < examples.length; at += BATCH)
    for (const { features } of await embed(frontend, whole, examples.slice(at, at + BATCH)))
      embeddings.push(features)
  whole.dispose()
  let next = 0
  return cut.flatMap((own, label) =>
    own.map(({ length }) => {
      next += length
      return { label, pieces: embeddings.slice(next - length, next) }
    }),
  )
}

/**
 * Teaches a model by the page's own Teach, its last layer alone, and measures it.
 *
 * @param examples clips by label
 * @returns the share of the measured clips whose class has the highest score, the mean over a clip's pieces
 */
export async function lesson(
  base: Model,
  labels: readonly string[],
  examples: readonly (readonly ManifestRow[])[],
  measured: readonly EmbeddedClip[],
  seed: number,
): Promise<number> {
  const { sampleRate } = base.frontend
  const sounds: LabelledSound[] = []
  for (const [place, own] of examples.entries())
    sounds.push(...(await examplesOf(own, labels[place], sampleRate)).flat())
  const taught = await teach(base, sounds, { learn: 'head', seed, name: 'fewshot', when: new Date() })
  const layer = lastLayerOf(readModel(taught!.model))
  const right = measured.filter(({ label, pieces }) => {
    const scores = pieces.map((piece) => denseScores(layer, piece))
    return highest(labels.map((_, i) => scores.reduce((sum, row) => sum + row[i], 0))) === label
  })
  return right.length / measured.length
}
