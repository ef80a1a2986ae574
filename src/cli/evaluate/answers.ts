import { nameKey } from '../../events/index.ts'
import type { LabelledClip, LabelMap } from '../../learning/data/index.ts'

/** What a model can answer, and what of it a folder asks. */
export interface Answers {
  /** The model's labels after the map. */
  readonly labels: readonly string[]
  /** For each of them, places in the model's scores that count as it. */
  readonly places: readonly (readonly number[])[]
  /** Places in `labels` that some clip has. */
  readonly asked: readonly number[]
  /** Clips with a label among them, each with its places in `labels`. */
  readonly clips: readonly { readonly path: string; readonly labels: readonly number[] }[]
  /** Labels of clips that the model has not, and how many clips have them. */
  readonly leftOut: readonly { readonly label: string; readonly clips: number }[]
}

/** Brings the labels of a model and of clips together; what a map has not and no clip asks for is no answer. */
export function answersOf(names: readonly string[], clips: readonly LabelledClip[], map: LabelMap): Answers {
  const own = clips.map((clip) => [...new Set(clip.labels.map((name) => nameKey(map.labelOf(name))))])
  const wanted = new Map<string, number>()
  for (const key of own.flat()) wanted.set(key, (wanted.get(key) ?? 0) + 1)
  const labels: string[] = []
  const places: number[][] = []
  const known = new Map<string, number>()
  names.forEach((name, place) => {
    const label = map.labelOf(name)
    const key = nameKey(label)
    if (!map.has(label) && !wanted.has(key)) return
    if (!known.has(key)) {
      known.set(key, labels.length)
      labels.push(label)
      places.push([])
    }
    places[known.get(key)!].push(place)
  })
  const unknown = new Map<string, { label: string; clips: number }>()
  for (const name of clips.flatMap((clip) => clip.labels)) {
    const label = map.labelOf(name)
    const key = nameKey(label)
    if (!known.has(key) && !unknown.has(key)) unknown.set(key, { label, clips: wanted.get(key)! })
  }
  const placed = clips.map(({ path }, i) => ({
    path,
    labels: own[i].flatMap((key) => known.get(key) ?? []),
  }))
  return {
    labels,
    places,
    asked: labels.flatMap((_, i) => (placed.some((clip) => clip.labels.includes(i)) ? [i] : [])),
    clips: placed.filter((clip) => clip.labels.length > 0),
    leftOut: [...unknown.values()],
  }
}

/** The answers' scores: of several names of one label the highest. */
export function merged(scores: ArrayLike<number>, places: Answers['places']): Float32Array {
  return Float32Array.from(places, (some) => Math.max(...some.map((place) => scores[place])))
}
