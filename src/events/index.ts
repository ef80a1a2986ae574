export { type DetectedEvent, EventDecoder, type EventOnset, eventKey } from './event-decoder.ts'
export { type LabelName, labelKey, labelNames } from './label-name.ts'
export { findLabel, type Threshold, thresholdsOf } from './thresholds.ts'
