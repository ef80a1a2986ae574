/** Cross entropy of a batch's share, and its gradient. */
export interface Loss {
  /** In nats: the share's part of the mean over the batch. */
  readonly loss: number
  /** At the scores, in their shape. */
  readonly gradient: Float32Array
}

/**
 * Of sigmoids: mean over examples, and over labels by their shares.
 *
 * @param scores logits
 * @param targets 0 to 1, like the scores; NaN where nobody knows, which has no part in the loss
 * @param divisors of each label: examples in the whole batch over the label's share (`labelDivisors`)
 */
export function sigmoidLoss(scores: Float32Array, targets: Float32Array, divisors: ArrayLike<number>): Loss {
  let loss = 0
  const gradient = scores.map((score, i) => {
    if (Number.isNaN(targets[i])) return 0
    const divisor = divisors[i % divisors.length]
    loss += (Math.max(score, 0) - score * targets[i] + Math.log1p(Math.exp(-Math.abs(score)))) / divisor
    return (1 / (1 + Math.exp(-score)) - targets[i]) / divisor
  })
  return { loss, gradient }
}

/** @param examples in the whole batch @param shares of each label; left out, all the same */
export function labelDivisors(
  labels: number,
  examples: number,
  shares: readonly number[] | undefined,
): readonly number[] {
  return shares ? shares.map((share) => examples / share) : new Array<number>(labels).fill(examples * labels)
}

/**
 * Of the softmax of the head to which an example's label belongs: mean over examples. The other heads' scores have no part.
 *
 * @param heads labels of each, side by side @param count of examples in the whole batch
 */
export function softmaxLoss(
  scores: Float32Array,
  targets: Float32Array,
  heads: readonly number[],
  count: number,
): Loss {
  let loss = 0
  const gradient = new Float32Array(scores.length)
  for (let start = 0, i = 0; start < scores.length; i++) {
    const end = start + heads[i % heads.length]
    if (targets.subarray(start, end).includes(1)) {
      const own = scores.subarray(start, end)
      const most = Math.max(...own)
      const total = own.reduce((sum, score) => sum + Math.exp(score - most), 0)
      for (let j = start; j < end; j++) {
        loss -= targets[j] * (scores[j] - most - Math.log(total))
        gradient[j] = (Math.exp(scores[j] - most) / total - targets[j]) / count
      }
    }
    start = end
  }
  return { loss: loss / count, gradient }
}
