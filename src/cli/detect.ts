import { openAudioFile } from '../audio-file/index.ts'
import { type DetectedEvent, EventDecoder } from '../events/index.ts'
import { print } from '../files/index.ts'
import { stepSeconds } from '../inference/index.ts'
import { loadClassifier } from '../inference/node.ts'
import { selectHeads } from '../model/index.ts'
import type { DetectCommand } from './command-line.ts'
import { openModel } from './open-model.ts'
import { Report } from './report.ts'
import { withRoomAround } from './room.ts'
import { streamFrames } from './stream-frames.ts'
import { WindowScorer, windowSeconds } from './window-scorer.ts'

/** Prints the events of a file, one JSON object a line, as they end. Memory does not grow with the file's length. */
export async function detect({ file, model: path, heads }: DetectCommand): Promise<void> {
  const model = selectHeads(await openModel(path), heads)
  const audio = await openAudioFile(file)
  const classifier = await loadClassifier(model)
  const report = new Report(audio)
  const scorer = new WindowScorer(model, classifier)
  const decoder = new EventDecoder(model.labels, model.decoding, stepSeconds(model), model.heads)
  const margin = windowSeconds(model) / 2
  const sound = withRoomAround(report.watch(audio), margin)
  let count = 0
  const tell = (events: DetectedEvent[]) => {
    for (const event of events) if (printEvent(event, margin, report.seconds)) count++
  }
  try {
    for await (const _block of streamFrames(model.frontend, sound, scorer.take))
      await scorer.score((time, scores) => tell(decoder.push(time, scores)))
    await scorer.scoreRest((time, scores) => tell(decoder.push(time, scores)))
    tell(decoder.finish(margin + report.seconds))
  } finally {
    report.stop()
    classifier.dispose()
  }
  report.summary(`${count} events by ${model.card.name} on ${classifier.backend}`)
}

/** @returns whether any of the event lies within the file, which begins `offset` seconds into the sound */
function printEvent(
  { head, label, start, end, confidence }: DetectedEvent,
  offset: number,
  seconds: number,
): boolean {
  const within = (time: number) => Math.min(Math.max(time - offset, 0), seconds)
  if (within(start) >= within(end)) return false
  const rounded = (value: number) => Math.round(value * 1000) / 1000
  const line = {
    head,
    label,
    start: rounded(within(start)),
    end: rounded(within(end)),
    confidence: rounded(confidence),
  }
  print(`${JSON.stringify(line)}\n`)
  return true
}
