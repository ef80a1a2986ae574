/** A sound that is learned from, before the frontend. */
export interface SoundExample {
  /** Full scale ±1. */
  readonly sound: Float32Array
  /** Frame at which the network's window begins; the frames before it only settle PCEN's smoothers. */
  readonly firstFrame: number
  /** Of each label: 1 where it is heard, 0 where not, between them what a teacher says; NaN where nobody knows. */
  readonly target: Float32Array
}

/** An example whose features were computed beforehand, for a training that leaves the frontend as it is. */
export interface FeatureExample {
  /** What the network is given: a window [frames, channels], or an embedding. */
  readonly features: Float32Array
  /** The window begins with the features. */
  readonly firstFrame: 0
  /** As of a sound. */
  readonly target: Float32Array
}

export type Example = SoundExample | FeatureExample
