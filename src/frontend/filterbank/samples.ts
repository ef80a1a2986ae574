import { LeafError } from '../../error.ts'
import { onlyKeys } from '../checks.ts'
import type { SampleFamily } from './family.ts'

/**
 * The samples as they are, for a model whose own layers filter them (Palaz, Magimai-Doss and Collobert, Interspeech 2015;
 * wav2vec, Schneider et al., Interspeech 2019): channel n of frame t is sample t · hop + n, zero after the end.
 */
export interface SamplesFilterbank {
  readonly kind: 'samples'
}

export const samples: SampleFamily<SamplesFilterbank> = {
  kind: 'samples',
  domain: 'samples',

  parse(value, path, { channels, hop, windowLength, partialFrames }) {
    onlyKeys(value, ['kind'], path)
    if (channels !== hop)
      throw new LeafError(
        'description',
        `channels is ${channels}, but a hop has ${hop} samples, each a channel of ${path}.kind samples.`,
        `Give ${hop} channels, or another hopMs.`,
      )
    if (windowLength !== hop + 1 || !partialFrames)
      throw new LeafError(
        'description',
        `${path}.kind samples has frames of a hop each, whether or not the last one is full.`,
        'Give windowMs as hopMs, and leave alignment.partialFrames out.',
      )
    return { kind: 'samples' }
  },
  initial: () => ({ kind: 'samples' }),
  parameters: () => [],
  withParameters: (filterbank) => filterbank,
  centerFrequencies: () => new Float64Array(),
  summary: () => ': as they are, there are no filters',
}
