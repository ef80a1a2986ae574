/** Cross entropy of a batch's share, and its gradient. */
export interface Loss {
  /** In nats: the share's part of the mean over the batch. */
  readonly loss: number
  /** At the scores, in their shape. */
  readonly gradient: Float32Array
}

/**
 * Of sigmoids: mean over examples and labels.
 *
 * @param scores logits @param targets 0 or 1, like the scores @param count of scores in the whole batch
 */
export function sigmoidLoss(scores: Float32Array, targets: Float32Array, count: number): Loss {
  let loss = 0
  const gradient = scores.map((score, i) => {
    loss += Math.max(score, 0) - score * targets[i] + Math.log1p(Math.exp(-Math.abs(score)))
    return (1 / (1 + Math.exp(-score)) - targets[i]) / count
  })
  return { loss: loss / count, gradient }
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
