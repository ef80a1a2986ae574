import baseUrl from '../../../demo/public/models/events.safetensors?url'
import { Classifier } from '../../../src/classifier/index.ts'
import { LeafError } from '../../../src/error.ts'
import { createFrameChannel } from '../../../src/frame-channel/index.ts'
import { Outlet } from '../../../src/frame-channel/writer/index.ts'
import {
  ExampleStore,
  type LabelledSound,
  type Taught,
  Teacher,
  type TeacherOptions,
  type TeachingProgress,
  type TrainOptions,
} from '../../../src/learning/teaching/index.ts'
import { readModel, writeModel } from '../../../src/model/index.ts'
import { CLASSES, makeSound, RATE, threeClasses } from '../../learning/teaching/three-classes.ts'
import { tinyModel } from '../../model/tiny-model.ts'

export interface LessonOptions extends TeacherOptions, Pick<TrainOptions, 'learn' | 'steps'> {
  /** Examples of each class; left out, those of the store. */
  each?: number
  /** Begins with a model of a few weights instead of the events. */
  tiny?: boolean
  /** The stage after whose first report it is stopped, or disposed of. */
  stopAt?: TeachingProgress['stage']
  disposeAt?: TeachingProgress['stage']
}

export interface Lesson {
  taught: Taught | null
  progress: TeachingProgress[]
  error: { code: string; message: string } | null
  /** Longest time between two looks at the clock of the page, milliseconds. */
  longestGap: number
}

const events = new Uint8Array(await (await fetch(baseUrl)).arrayBuffer())
let store: ExampleStore

async function teach({
  each,
  tiny,
  stopAt,
  disposeAt,
  learn,
  steps,
  ...options
}: LessonOptions): Promise<Lesson> {
  const teacher = new Teacher(options)
  const base = tiny ? writeModel(tinyModel(3)) : events
  const progress: TeachingProgress[] = []
  const examples: Iterable<LabelledSound> | AsyncIterable<LabelledSound> =
    each === undefined ? store.examples() : threeClasses(each)
  let longestGap = 0
  let last = performance.now()
  const clock = setInterval(() => {
    const now = performance.now()
    longestGap = Math.max(longestGap, now - last)
    last = now
  }, 1)
  const onProgress = (one: TeachingProgress) => {
    progress.push(one)
    if (one.stage === stopAt) teacher.stop()
    if (one.stage === disposeAt) teacher.dispose()
  }
  try {
    const taught = await teacher.train({ base, examples, learn, steps, onProgress })
    return { taught, progress, error: null, longestGap }
  } catch (error) {
    if (!(error instanceof LeafError)) throw error
    return { taught: null, progress, error: plainError(error), longestGap }
  } finally {
    clearInterval(clock)
  }
}

const plainError = ({ code, message }: LeafError) => ({ code, message })

/** Scores of the first window of a model's probe, by the classifier's worker. */
async function liveScores(model: Uint8Array): Promise<number[]> {
  const { frontend, classifier: shape, probe } = readModel(model)
  const { outlet, inlet } = createFrameChannel(frontend.channels, 1024)
  const classifier = new Classifier()
  const scores = new Promise<number[]>((resolve) =>
    classifier.addEventListener('scores', ({ detail }) => resolve(Array.from(detail.values))),
  )
  await classifier.start({ model, frames: () => inlet, backends: ['wasm'] })
  const frames = new Outlet(outlet)
  for (let i = 0; i < shape.windowFrames; i++) {
    const values = probe.input.subarray(i * frontend.channels, (i + 1) * frontend.channels)
    frames.push(Float64Array.of(i, i / 100, ...values))
  }
  const first = await scores
  await classifier.dispose()
  return first
}

const page = {
  teach,
  liveScores,
  async openStore(name: string): Promise<void> {
    store = await ExampleStore.open({ sampleRate: RATE, name })
  },
  /** Opened while the browser keeps everybody out: a connection that stays open, and a deletion that waits for it. */
  async openLockedStore(name: string): Promise<void> {
    const opening = indexedDB.open(`${name}-${RATE}`)
    const connection = await new Promise<IDBDatabase>((resolve) => {
      opening.onsuccess = () => resolve(opening.result)
    })
    const deleted = new Promise((resolve) => {
      indexedDB.deleteDatabase(`${name}-${RATE}`).onsuccess = resolve
    })
    store = await ExampleStore.open({ sampleRate: RATE, name, openSeconds: 0.5 })
    connection.close()
    await deleted
  },
  async fillStore(each: number): Promise<void> {
    for (const label of CLASSES) {
      await store.addClass(label)
      const sounds = Array.from({ length: each }, (_, i) => makeSound(label, i))
      await Promise.all(sounds.map((sound, i) => store.add(label, [sound], `${label} ${i}`)))
    }
  },
  /** Ten classes of 300 examples, in recordings of 10. */
  async fillWhole(): Promise<void> {
    const sounds = CLASSES.map((label) => Array.from({ length: 10 }, (_, i) => makeSound(label, i)))
    for (let label = 0; label < 10; label++) {
      await store.addClass(`class ${label}`)
      for (let i = 0; i < 30; i++)
        await store.add(`class ${label}`, sounds[label % CLASSES.length], `recording ${i}`)
    }
  },
  /** Samples of all sounds, as a teacher would get them. */
  async readThrough(): Promise<number> {
    let samples = 0
    for await (const { sound } of store.examples()) samples += sound.length
    return samples
  },
  look: () => ({
    classes: store.classes,
    examples: store.list().map(({ label, recording, seconds }) => ({ label, recording, seconds })),
    trouble: store.trouble && plainError(store.trouble),
    canUndo: store.canUndo,
  }),
  /** Largest difference of a stored sound from the one that was added. */
  async difference(label: (typeof CLASSES)[number], index: number): Promise<number> {
    const sound = await store.sound(store.list(label)[index].id)
    const expected = makeSound(label, index)
    return Math.max(...sound.map((value, i) => Math.abs(value - expected[i])))
  },
  rename: (name: string, to: string) => store.renameClass(name, to),
  deleteClass: (name: string) => store.deleteClass(name),
  deleteFirst: (label: string) => store.delete([store.list(label)[0].id]),
  undo: () => store.undo(),
  purge: () => store.purge(),
  save: () => store.save(),
}

declare global {
  interface Window {
    teaching: typeof page
  }
}
window.teaching = page
