import type { DetectedEvent } from '../events/index.ts'
import { print } from '../files/index.ts'
import { loadClassifier } from '../inference/node.ts'
import { openModel } from '../model/node.ts'
import { detectEvents } from '../offline/index.ts'
import type { DetectCommand } from './command-line.ts'
import { openSound } from './open-sound.ts'
import { Report } from './report.ts'

/** Prints the events of a file, one JSON object a line, as they end. Memory does not grow with the file's length. */
export async function detect({ file, raw, model: path, heads }: DetectCommand): Promise<void> {
  const model = await openModel(path, heads)
  const audio = await openSound(file, raw)
  const classifier = await loadClassifier(model)
  const report = new Report(audio)
  let count = 0
  try {
    for await (const event of detectEvents(model, classifier, report.watch(audio), {
      prompt: raw !== undefined,
    })) {
      printEvent(event)
      count++
    }
  } finally {
    report.stop()
    classifier.dispose()
  }
  report.summary(`${count} events by ${model.card.name} on ${classifier.backend}`)
}

function printEvent({ head, label, start, end, confidence }: DetectedEvent): void {
  const rounded = (value: number) => Math.round(value * 1000) / 1000
  const line = {
    head,
    label,
    start: rounded(start),
    end: rounded(end),
    confidence: rounded(confidence),
  }
  print(`${JSON.stringify(line)}\n`)
}
