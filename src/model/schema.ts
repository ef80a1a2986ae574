import * as v from 'valibot'
import { modelError } from './model-error.ts'

const LABEL_LIMIT = 1024
const FRAME_LIMIT = 4096

const text = (longest: number) => v.pipe(v.string(), v.maxLength(longest))
const texts = v.pipe(v.array(text(1000)), v.maxLength(LABEL_LIMIT))
const between = (least: number, most: number) =>
  v.pipe(v.number(), v.finite(), v.minValue(least), v.maxValue(most))
const frames = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(FRAME_LIMIT))

export const labelsSchema = v.pipe(
  v.array(v.pipe(text(100), v.nonEmpty())),
  v.minLength(1),
  v.maxLength(LABEL_LIMIT),
)

export const headsSchema = v.pipe(
  v.array(
    v.strictObject({
      /** Without a comma, which separates names on the command line. */
      name: v.pipe(text(100), v.nonEmpty(), v.regex(/^[^,]*$/, 'A comma in a name')),
      labels: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LABEL_LIMIT)),
    }),
  ),
  v.minLength(1),
  v.maxLength(LABEL_LIMIT),
  v.check((heads) => new Set(heads.map(({ name }) => name)).size === heads.length, 'A head is there twice'),
)

const labelDecodingSchema = v.pipe(
  v.strictObject({
    /** Smoothed score at which an event of this label begins, 0 to 1; at 1 none does. */
    on: between(0, 1),
    /** Smoothed score below which it ends; at most `on`. */
    off: between(0, 1),
    /** Events whose scores are high for less than this are not reported, seconds. */
    minimumSeconds: between(0, 60),
    /**
     * How much later than its first score's step an event begins, seconds, before the last frame of its window; 0 when
     * left out. A score is its window's, which may be high as soon as the end of the window holds the sound.
     */
    onsetOffsetSeconds: v.optional(between(0, 60)),
  }),
  v.check(({ on, off }) => off <= on, 'off is above on'),
)

export const decodingSchema = v.strictObject({
  /** Time constant of the exponential smoothing of scores, seconds; 0 for none. */
  smoothingSeconds: between(0, 60),
  /** Two events of one label no further apart than this by their scores are one, seconds. */
  mergeGapSeconds: between(0, 60),
  /** One per label, in the order of the labels. */
  labels: v.array(labelDecodingSchema),
})

export const cardSchema = v.strictObject({
  name: v.pipe(text(200), v.nonEmpty()),
  description: text(10_000),
  /** Collections the model was trained on. */
  data: texts,
  /** Licences of the data, and of the model itself. */
  licences: texts,
  /** People and projects to name. */
  credits: texts,
  /** Figures by name, as "test mean average precision". */
  metrics: v.pipe(
    v.record(text(200), v.pipe(v.number(), v.finite())),
    v.check((metrics) => Object.keys(metrics).length <= LABEL_LIMIT, 'too many metrics'),
  ),
})

/** The classifier's part in the metadata; its weights are tensors. */
export const classifierSchema = v.strictObject({
  windowFrames: frames,
  hopFrames: frames,
  topology: v.unknown(),
})

/** How scores become events: smoothing, thresholds per label, minimum length, merge gap, onset offsets. */
export type Decoding = v.InferOutput<typeof decodingSchema>

/** What the model is, what it was trained on, whom to credit, how good it is. */
export type Card = v.InferOutput<typeof cardSchema>

/** @returns the value as the schema types it. @throws LeafError `model-file` naming `field` and the path within it. */
export function checkSchema<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  field: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value, { abortEarly: true })
  if (result.success) return result.output
  const [issue] = result.issues
  const path = v.getDotPath(issue)
  throw modelError(path === null ? field : `${field}.${path}`, `is refused (${issue.message})`)
}
