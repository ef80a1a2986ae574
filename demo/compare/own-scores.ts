import { type LeafNode, readModelInWorker } from '../../src/audio/index.ts'
import { Classifier } from '../../src/classifier/index.ts'
import { labelNames } from '../../src/events/index.ts'
import { percent } from '../../src/view/index.ts'
import { NOTHING, type OwnModel, UNKNOWN } from '../common/index.ts'
import { SmoothedScores } from '../desk/index.ts'
import { CLIP_SECONDS } from './clips.ts'
import { RecentMaxima } from './recent-maxima.ts'

/** Of a model's labels only the surest are told, as many as fit a line. */
const TOLD = 3
const LEAST = 0.1

/** What the model of a frontend makes of the features that a node gives it. */
export class OwnScores {
  readonly #classifier = new Classifier()
  #maxima = new RecentMaxima(CLIP_SECONDS)

  /**
   * Goes on until it is closed.
   *
   * @param tell what to show, in a line
   * @throws LeafError of the model's file and of the classifier
   */
  async start(node: LeafNode, { load, labelFormat }: OwnModel, tell: (text: string) => void): Promise<void> {
    tell('Its own model is getting ready …')
    const file = await load()
    const { labels, heads, decoding } = await readModelInWorker(file)
    const names = labelNames(labels, heads).map(({ head, label }) => {
      if (NOTHING.has(label) || UNKNOWN.has(label)) return null
      return head === undefined ? labelFormat(label) : `${labelFormat(head)}: ${labelFormat(label)}`
    })
    const smoothed = new SmoothedScores(names.length, decoding.smoothingSeconds)
    this.#classifier.addEventListener('scores', ({ detail: { center, values } }) => {
      smoothed.add(center, values)
      this.#maxima.add(center, smoothed.values)
      tell(surest(names, this.#maxima.values))
    })
    await this.#classifier.start({ model: file, frames: () => node.openFrames() })
    tell('Its own model listens …')
  }

  /** Forgets what was heard. */
  clear(): void {
    this.#maxima = new RecentMaxima(CLIP_SECONDS)
  }

  close(): void {
    void this.#classifier.dispose()
  }
}

/**
 * The surest labels of the last seconds, in a line.
 * @param names of the labels; null for one that says that nothing known sounds
 */
export function surest(names: readonly (string | null)[], values: ArrayLike<number>): string {
  const told = names
    .map((name, i) => ({ name, value: values[i] }))
    .filter(({ name, value }) => name !== null && value >= LEAST)
    .sort((one, other) => other.value - one.value)
    .slice(0, TOLD)
  if (told.length === 0) return 'Its own model knows nothing of this'
  return `Its own model: ${told.map(({ name, value }) => `${name} ${percent(value)}`).join(' · ')}`
}
