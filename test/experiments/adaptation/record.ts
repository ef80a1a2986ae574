import type { Measured } from './measure.ts'

/** What has to be the same for runs to stand in one table. */
export interface AdaptationConditions {
  /** Name of the data's folder. */
  readonly data: string
  readonly model: { readonly file: string; readonly fingerprint: string }
  readonly split: 'test' | 'valid'
  /** Most seconds of sound to adapt from. */
  readonly seconds: number
  readonly steps: number
  readonly rate: number
}

/** One adaptation. */
export interface RoomRun {
  readonly noise: string
  /** The label that is the noise: none of its clips is measured, no answer is it. */
  readonly leftOut: string | null
  /** dB */
  readonly snr: number
  readonly seed: number
}

/** The same clips with and without the noise. */
export interface Heard<Value> {
  readonly inNoise: Value
  readonly inQuiet: Value
}

/** A line of OUT/adaptation.json. */
export type AdaptationRow = Omit<AdaptationRecord, 'compression'>

/** What a run leaves, as JSON in OUT/runs/DATA/NOISE-SNR-SEED.json. */
export interface AdaptationRecord {
  readonly conditions: AdaptationConditions
  readonly run: RoomRun
  /** Clips measured. */
  readonly clips: number
  readonly before: Heard<Measured>
  readonly after: Heard<Measured>
  /** What was heard to adapt from. */
  readonly learned: { readonly clips: number; readonly seconds: number }
  /** Wall clock of the adaptation, from these sounds to the frontend. */
  readonly seconds: number
  /** Loss in nats, mean over the first and over the last tenth of the steps. */
  readonly loss: { readonly first: number; readonly last: number }
  /** What PCEN became, to six digits. */
  readonly compression: {
    readonly alpha: readonly number[]
    readonly delta: readonly number[]
    readonly root: readonly number[]
    readonly smooth: readonly number[]
  }
}
