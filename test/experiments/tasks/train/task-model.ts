import { bestThresholds } from '../../../../src/learning/evaluation/index.ts'
import { exportModel } from '../../../../src/learning/network/index.ts'
import { softmaxOfHeads } from '../../../../src/model/index.ts'
import type { RunRecord, TogetherRecord } from '../design/run-record.ts'
import { inPlainLayers } from '../stack/network-of.ts'
import { taskCard } from './card.ts'
import { type TrainedTasks, WINDOW_FRAMES } from './train-tasks.ts'

/** Windows follow each other at a quarter of their length. */
const HOP_FRAMES = 24
/** Items of a label on valid below which it does not choose its own threshold. */
const LEAST_ITEMS = 5
/** Windows whose scores the model file carries, or one for each task where there are more. */
const PROBES = 3

/** The bytes of the model file of what was trained: a head for each task, thresholds chosen on valid. */
export function taskModel(
  trained: TrainedTasks,
  record: RunRecord | TogetherRecord,
  about: { readonly name: string; readonly data: string },
): Uint8Array {
  const { tasks, heads, model, frontend, sounds, examiner } = trained
  const perTask = Math.ceil(PROBES / tasks.length)
  const probes = tasks.flatMap(({ clips }) =>
    clips.valid.slice(0, perTask).map((clip, i) => examiner.features([sounds.windows(clip, i, 0)[0]])),
  )
  return exportModel(inPlainLayers(model), {
    frontend: frontend.describe(),
    windowFrames: WINDOW_FRAMES,
    hopFrames: HOP_FRAMES,
    labels: tasks.flatMap(({ labels }) => labels),
    heads,
    thresholds: thresholdsOf(trained),
    probes,
    card: taskCard(trained, record, about),
  })
}

/** Per label of all heads. */
function thresholdsOf({ tasks, heads, places, examiner }: TrainedTasks): number[] {
  return places.flatMap((place, i) => {
    const { valid } = tasks[i].clips
    const scores = examiner.logits(valid, place, 0)
    for (const row of scores) softmaxOfHeads(row, [heads[i]])
    const targets = valid.map(({ label }) =>
      Float32Array.from({ length: heads[i].labels }, (_, j) => Number(j === label)),
    )
    return bestThresholds(scores, targets, LEAST_ITEMS)
  })
}
