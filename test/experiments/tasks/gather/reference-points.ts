import type { Task } from '../design/names.ts'

/** What each task stands in for in the paper. */
export const MIRRORED: Readonly<Record<Task, string>> = {
  scenes: 'acoustic scenes (TUT Urban 2018)',
  birdsong: 'birdsong detection (DCASE 2018)',
  emotion: 'emotion (CREMA-D)',
  speaker: 'speaker identification (VoxCeleb)',
  instrument: 'musical instrument (NSynth)',
  pitch: 'pitch (NSynth)',
  keywords: 'speech commands',
  language: 'language identification (VoxForge)',
}

/**
 * Test accuracy of the linear probe that is published with the clips: logistic regression on statistics of 48 log-mel
 * bands of clips brought to one level.
 */
export const PROBE: Readonly<Record<Task, number>> = {
  scenes: 0.552,
  birdsong: 0.703,
  emotion: 0.457,
  speaker: 0.638,
  instrument: 0.372,
  pitch: 0.735,
  keywords: 0.91,
  language: 0.147,
}
