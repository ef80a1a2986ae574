import { preset } from '../../../src/frontend/index.ts'
import { compilePlan, designResampler } from '../../../src/plan/index.ts'
import { Engine } from '../../../worklet/engine.ts'
import { noise } from '../signal.ts'
import { NOISE_LENGTH, NOISE_RATE, NOISE_SEED } from './noise.ts'
import type { LiveOutcome, Offer } from './page/main.ts'
import type { Session } from './session.ts'

/** Features and microphone and clip on one page of one browser. */
export interface Trial extends LiveOutcome, Offer {
  readonly version: string
  /** Largest difference of a feature from Node's, which are Chromium's bit for bit. */
  readonly difference: number
  /** What was not as it has to be, a sentence each. */
  readonly faults: string[]
}

/** Every part of a feature is computed in float32. */
const TOLERANCE = 1e-5
const LEAST_FRAMES = 100
/** What the bundled clip begins with: heard whoever decodes it, and by a machine too busy to play it all, too. */
const CLIP_LABEL = 'speech'

/**
 * @param address of the page, with the model and the clip beside it
 * @param whole whether the clip is played to its end, and not only to the event it begins with
 */
export async function tryPage(session: Session, address: string, whole: boolean): Promise<Trial> {
  await session.open(address)
  const offer = await session.call<Offer>('window.api.offer()')
  const difference = largestDifference(await session.call('window.api.features()'), featuresInNode())
  const live = await session.call<LiveOutcome>(
    `window.api.live('events.safetensors', 'street.mp3', ${whole ? null : `'${CLIP_LABEL}'`})`,
  )
  const expectedTransport = offer.isolated && offer.sharedMemory ? 'shared' : 'port'
  const checks: [boolean, string][] = [
    [difference <= TOLERANCE, `Features differ from Node's by ${difference}.`],
    [live.transport === expectedTransport, `Frames came over ${live.transport}, not ${expectedTransport}.`],
    [live.frames >= LEAST_FRAMES, `Only ${live.frames} frames came from the microphone.`],
    [live.finite && live.range > 0.1, 'The features of the microphone are not those of a sound.'],
    [live.events.includes(CLIP_LABEL), `No event of the clip was ${CLIP_LABEL}.`],
  ]
  const faults = checks.filter(([right]) => !right).map(([, sentence]) => sentence)
  return { version: session.version, ...offer, difference, ...live, faults }
}

function featuresInNode(): number[][] {
  const plan = compilePlan(preset('leaf'))
  const engine = new Engine(plan, designResampler(NOISE_RATE, plan.sampleRate))
  const frames: number[][] = []
  engine.push(noise(NOISE_SEED, NOISE_LENGTH), (_index, values) => frames.push([...values]))
  return frames
}

function largestDifference(frames: number[][], expected: number[][]): number {
  if (frames.length !== expected.length) return Infinity
  const differences = frames.flatMap((values, index) =>
    values.map((value, channel) => Math.abs(value - expected[index][channel])),
  )
  return differences.reduce((most, difference) => Math.max(most, difference), 0)
}
