/** What becomes of a label's logit: scale · logit + offset. */
export interface LogitMap {
  /** Above 0. */
  readonly scale: number
  readonly offset: number
}

/** A clip as one label sees it. */
export interface ClipLogits {
  /** Of its windows. */
  readonly logits: readonly number[]
  readonly hasLabel: boolean
}

export const UNCHANGED: LogitMap = { scale: 1, offset: 0 }
/** What float32 can tell from 0 and from 1. */
const LEAST_SCORE = 1e-7
const STEPS = 50
const HALVINGS = 20
/** Below this all clips have one score: the best map would turn the label's scores around, or leave nothing of them. */
const LEAST_SCALE = 1e-3
/** Of a step, in logits, below which nothing is left to gain. */
const SMALLEST = 1e-9

export const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit))

export function logit(score: number): number {
  const kept = Math.min(1 - LEAST_SCORE, Math.max(LEAST_SCORE, score))
  return Math.log(kept / (1 - kept))
}

/** A clip's score: the mean over its windows, as `evaluate` takes it. */
export function clipScore(logits: readonly number[], { scale, offset }: LogitMap): number {
  return logits.reduce((sum, value) => sum + sigmoid(scale * value + offset), 0) / logits.length
}

/**
 * The map under which the clips' scores have the least cross entropy: Platt 1999, "Probabilistic Outputs for Support Vector
 * Machines", with his targets, which keep a few clips from saying 0 or 1; on the mean over a clip's windows, by Fisher
 * scoring with halved steps. A label that no clip has, or all have, or whose scores do not rise with it, stays as it is.
 */
export function fitPlatt(clips: readonly ClipLogits[]): LogitMap {
  const positive = clips.filter(({ hasLabel }) => hasLabel).length
  const negative = clips.length - positive
  if (positive === 0 || negative === 0) return UNCHANGED
  const target = ({ hasLabel }: ClipLogits) =>
    hasLabel ? (positive + 1) / (positive + 2) : 1 / (negative + 2)
  const loss = (map: LogitMap) =>
    clips.reduce((sum, clip) => {
      const score = clipScore(clip.logits, map)
      return sum - target(clip) * Math.log(score) - (1 - target(clip)) * Math.log(1 - score)
    }, 0)
  let map = UNCHANGED
  let least = loss(map)
  for (let i = 0; i < STEPS; i++) {
    const step = fisherStep(clips, map, target)
    const next = halved(map, step, (one) => loss(one) < least)
    if (next === null || Math.hypot(next.scale - map.scale, next.offset - map.offset) < SMALLEST) break
    map = next
    least = loss(map)
  }
  return map.scale > LEAST_SCALE ? map : UNCHANGED
}

/** The first of the whole step, its half, its quarter and so on that helps. */
function halved(from: LogitMap, step: LogitMap, helps: (map: LogitMap) => boolean): LogitMap | null {
  for (let i = 0, share = 1; i < HALVINGS; i++, share /= 2) {
    const next = { scale: from.scale - share * step.scale, offset: from.offset - share * step.offset }
    if (next.scale > 0 && helps(next)) return next
  }
  return null
}

/** Gradient over Fisher information, of scale and offset. */
function fisherStep(
  clips: readonly ClipLogits[],
  map: LogitMap,
  target: (clip: ClipLogits) => number,
): LogitMap {
  let [gradientScale, gradientOffset, scales, both, offsets] = [0, 0, 0, 0, 0]
  for (const clip of clips) {
    let [score, byScale, byOffset] = [0, 0, 0]
    for (const value of clip.logits) {
      const own = sigmoid(map.scale * value + map.offset)
      const slope = (own * (1 - own)) / clip.logits.length
      score += own / clip.logits.length
      byScale += slope * value
      byOffset += slope
    }
    const variance = score * (1 - score)
    const weight = (score - target(clip)) / variance
    gradientScale += weight * byScale
    gradientOffset += weight * byOffset
    scales += byScale ** 2 / variance
    both += (byScale * byOffset) / variance
    offsets += byOffset ** 2 / variance
  }
  const determinant = scales * offsets - both ** 2
  return {
    scale: (offsets * gradientScale - both * gradientOffset) / determinant,
    offset: (scales * gradientOffset - both * gradientScale) / determinant,
  }
}
