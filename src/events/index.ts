export { type DetectedEvent, EventDecoder, type EventOnset, eventKey } from './event-decoder.ts'
export { type LabelName, labelKey, labelNames, nameKey } from './label-name.ts'
export { RunningEvents } from './running-events.ts'
export { type Threshold, Thresholds, thresholdsOf } from './thresholds.ts'
