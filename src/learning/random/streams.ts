import { Random } from './random.ts'

/**
 * Every use of random numbers in learning and in the experiments, each a stream of its own. The numbers that tell
 * streams apart must stay as they are: with them every seed gives the model it gave before. Two streams of the same
 * arity differ in their last number or are never used in one run.
 */
export const streams = {
  /** All that is drawn for one example: clip, crop, augmentation. @param index counts on over the epochs */
  example: (seed: number, index: number) => new Random(seed, index),
  /** Noise in three colours, which `Augmentation` computes once and lays under examples. */
  augmentationNoise: (seed: number) => new Random(seed, -1),
  /** SpecAugment mask of an example. @param index as in `example` */
  mask: (seed: number, index: number) => new Random(seed, index, 1),
  /** Dropout before the last dense layer. @param batch index of the batch */
  dropout: (seed: number, batch: number) => new Random(seed, batch, 2),
  /** Clips that are paired into mixtures for evaluation, and their levels. */
  mixtures: (seed: number) => new Random(seed, -2),
  /** Noise floor under a clip for evaluation. @param index of the clip or mixture */
  evaluationFloor: (seed: number, index: number) => new Random(seed, index, 3),
  /** Order of the clips in an epoch of `npm run tasks`. */
  epochOrder: (seed: number, epoch: number) => new Random(seed, epoch, 4),
  /** Clips that `npm run adapt` adapts from. */
  adaptationClips: (seed: number) => new Random(seed, -5),
  /** Computed noise of a room. @param half 0 while adapting, 1 while measuring */
  roomNoise: (half: number) => new Random(half, -6),
  /** Place of a clip in the room's noise, in `npm run adapt`. */
  clipInRoom: (seed: number, index: number) => new Random(seed, index, 6),
  /** One window of each sound for a step of adapting. */
  adaptationWindows: (seed: number, step: number) => new Random(seed, step),
  /** Recordings of a class that are held out from teaching. */
  heldOut: (seed: number, label: number) => new Random(seed, label, -8),
  /** Noise floor under a held-out sound. @param index of the sound among all of its side */
  heldOutFloor: (seed: number, index: number) => new Random(seed, index, -9),
  /** Augmentation of a copy of a sound that is embedded. @param copy counts from 0 for each sound */
  embeddedCopy: (seed: number, index: number, copy: number) => new Random(seed, index, copy, -10),
  /** Place of a sound in the first half of a page's room noise. */
  adaptedSound: (seed: number, index: number) => new Random(seed, index, -11),
  /** Place of a sound in the second half, the same for every seed. */
  measuredSound: (index: number) => new Random(index, -12),
  /** Sounds that a page adapts from or measures. @param part 0 or 1, which of the two */
  chosenSounds: (seed: number, part: number, label: number) => new Random(seed, part, label, -13),
  /** Weights behind which a backend's gradients are compared. */
  gradientCheck: () => new Random(1),
  /** Clips and seeds of `npm run tasks -- --gather`. @param gainDb of the test */
  bootstrap: (gainDb: number) => new Random(gainDb, -14),
  /** Clips, places and levels of a scene of `npm run soundscapes`. */
  soundscape: (seed: number, index: number) => new Random(seed, index, -15),
  /** Clips of a class that `npm run fewshot` teaches. */
  fewshotClips: (seed: number, label: number) => new Random(seed, label, -16),
  /** Clips of a class that it measures, the same for every seed. */
  fewshotMeasured: (label: number) => new Random(label, -17),
  /** Noise under clips that `npm run levels` turns down. */
  levelsFloor: (index: number) => new Random(5, index),
  /** Examples of a step by which a teacher learns the student's labels. */
  teachersLabels: (seed: number) => new Random(seed, -19),
  /** A machine of `npm run vibration`, and what is recorded of it. */
  bearing: (index: number) => new Random(index, -18),
} as const
