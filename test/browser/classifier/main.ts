import type { BackendName, ClassifierEvents, ClassifierMetrics } from '../../../src/classifier/index.ts'
import { Classifier } from '../../../src/classifier/index.ts'
import { LeafError } from '../../../src/error.ts'
import { createFrameChannel } from '../../../src/frame-channel/index.ts'
import { Outlet } from '../../../src/frame-channel/writer/index.ts'
import { writeModel } from '../../../src/model/index.ts'
import { headedModel, slowModel, tinyModel } from '../../model/tiny-model.ts'
import breakableWorkerUrl from './breakable-worker.ts?worker&url'
import { BREAKAGE_CHANNEL, type Breakage } from './breakage.ts'
import { frame, spoil } from './signal.ts'

export interface LabOptions {
  seed: number
  /** A model with heads, of which these are to score. */
  heads?: string[]
  /** The model that is slower than its hop in plain JavaScript. */
  slow?: boolean
  spoilt?: 'probe' | 'weights'
  backends?: BackendName[]
  breakable?: boolean
  workerUrl?: string
  /** A worker whose script does nothing, ever. */
  silent?: boolean
  readySeconds?: number
  wasmPath?: string
  /** Channels of the frames; the model takes 4. */
  channels?: number
}

/** One event of the classifier; typed arrays made plain. */
export type Logged = { type: keyof ClassifierEvents; detail: Record<string, unknown> }

const TYPES = ['backend', 'scores', 'onset', 'event', 'restart', 'error'] as const
const classifier = new Classifier()
const outlets: Outlet[] = []
const log: Logged[] = []

for (const type of TYPES) {
  classifier.addEventListener(type, ({ detail }) => {
    log.push({ type, detail: JSON.parse(JSON.stringify(detail, plain)) })
  })
}

function plain(_: string, value: unknown): unknown {
  if (value instanceof Float32Array) return Array.from(value)
  if (value instanceof LeafError) return { code: value.code, message: value.message }
  return value
}

function modelBytes({ seed, heads, spoilt, slow }: LabOptions): Uint8Array {
  if (slow) return writeModel(slowModel())
  const model = heads ? headedModel(seed) : tinyModel(seed)
  if (spoilt) spoil(model, spoilt)
  return writeModel(model)
}

function workerUrlOf({ breakable, silent, workerUrl }: LabOptions): string | undefined {
  if (silent) return URL.createObjectURL(new Blob([''], { type: 'text/javascript' }))
  return breakable ? breakableWorkerUrl : workerUrl
}

/** The code and message of a LeafError, or null. */
async function outcome(promise: Promise<void>): Promise<{ code: string; message: string } | null> {
  try {
    await promise
    return null
  } catch (error) {
    if (error instanceof LeafError) return { code: error.code, message: error.message }
    throw error
  }
}

const lab = {
  log,
  start: (options: LabOptions) =>
    outcome(
      classifier.start({
        model: modelBytes(options),
        heads: options.heads,
        frames: () => {
          const { outlet, inlet } = createFrameChannel(options.channels ?? 4, 1024)
          outlets.push(new Outlet(outlet))
          return inlet
        },
        backends: options.backends,
        workerUrl: workerUrlOf(options),
        readySeconds: options.readySeconds,
        wasmPath: options.wasmPath,
      }),
    ),
  swap: (options: LabOptions) => outcome(classifier.swap(modelBytes(options), options.heads)),
  /** A swap that is given up while the new model gets ready. @returns what it is rejected with */
  async swapGivenUp(options: LabOptions): Promise<unknown> {
    const control = new AbortController()
    setTimeout(() => control.abort('enough'))
    return classifier
      .swap(modelBytes(options), options.heads, { signal: control.signal })
      .catch((reason) => reason)
  },
  setThreshold: (label: string, value: number, head?: string) =>
    outcome(classifier.setThreshold(label, value, head)),
  /** Offers frames, as the audio thread would, to every reader. */
  feed(from: number, to: number): void {
    for (let i = from; i < to; i++)
      for (const outlet of outlets) outlet.push(Float64Array.of(i, i / 100, ...frame(i)))
  },
  /** Offers frames as they would come, 100 a second. @returns a function that ends it and tells how many there were */
  stream(): () => number {
    const began = performance.now()
    let next = 0
    const timer = setInterval(() => {
      const due = Math.floor((performance.now() - began) / 10)
      lab.feed(next, due)
      next = due
    }, 10)
    return () => {
      clearInterval(timer)
      return next
    }
  },
  /** How many windows were scored from a question to its answer. */
  async during(question: () => Promise<unknown>): Promise<number> {
    const scored = () => log.filter(({ type }) => type === 'scores').length
    const before = scored()
    await question()
    return scored() - before
  },
  break(how: Breakage): void {
    const channel = new BroadcastChannel(BREAKAGE_CHANNEL)
    channel.postMessage(how)
    channel.close()
  },
  metrics: (): Promise<ClassifierMetrics> => classifier.metrics(),
  dispose: () => classifier.dispose(),
  closedOutlets: () => outlets.map(({ closed }) => closed),
  isolated: () => crossOriginIsolated,
}

declare global {
  interface Window {
    lab: typeof lab
  }
}
window.lab = lab
