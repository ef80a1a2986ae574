import { hertzToMel, melToHertz } from '../../frontend/index.ts'
import { ROUND_HERTZ } from '../axes.ts'

export type ScaleName = 'linear' | 'mel' | 'log'

/** Where the logarithmic axis begins, Hz: it has no 0. */
const LOWEST_OF_LOG = 30
const LINEAR_STEPS = [500, 1000, 2000, 4000, 8000, 16000]

const warps = {
  linear: { lowest: 0, there: (frequency: number) => frequency, back: (place: number) => place },
  mel: { lowest: 0, there: hertzToMel, back: melToHertz },
  log: { lowest: LOWEST_OF_LOG, there: Math.log, back: Math.exp },
}

export function isScale(name: string | null): name is ScaleName {
  return name !== null && Object.hasOwn(warps, name)
}

/** A frequency axis from 0 (30 Hz where it is logarithmic) to half the sample rate. */
export class FrequencyScale {
  readonly lowest: number
  /** Hz. */
  readonly highest: number
  readonly #name: ScaleName
  readonly #from: number
  readonly #to: number

  constructor(name: ScaleName, sampleRate: number) {
    const { lowest, there } = warps[name]
    this.#name = name
    this.lowest = lowest
    this.highest = sampleRate / 2
    this.#from = there(lowest)
    this.#to = there(this.highest)
  }

  /** Where a frequency in Hz lies: 0 at the left end, 1 at the right; lower ones than there are at the left end. */
  share(frequency: number): number {
    const place = warps[this.#name].there(Math.max(frequency, this.lowest))
    return (place - this.#from) / (this.#to - this.#from)
  }

  /** The frequency in Hz at a share of the axis. */
  frequency(share: number): number {
    return warps[this.#name].back(this.#from + share * (this.#to - this.#from))
  }

  /** Round frequencies, no two nearer than `gap`, a share of the axis. */
  ticks(gap: number): number[] {
    const ticks: number[] = []
    for (const frequency of this.#round(gap)) {
      const last = ticks.at(-1)
      if (frequency < this.lowest || frequency > this.highest) continue
      if (last === undefined || this.share(frequency) - this.share(last) >= gap) ticks.push(frequency)
    }
    return ticks
  }

  #round(gap: number): readonly number[] {
    if (this.#name !== 'linear') return ROUND_HERTZ
    const step = LINEAR_STEPS.find((hertz) => this.share(hertz) >= gap) ?? this.highest
    return Array.from({ length: Math.floor(this.highest / step) + 1 }, (_, i) => i * step)
  }
}
